import Subprocesses

/// A certificate for localhost that signs itself, and its key, for a `ScriptedServer` that speaks TLS.
public enum ServerIdentity {
    public static let isAvailable = ScriptedServer.isAvailable && InstalledProgram.exists("openssl")

    public static func make(in folder: String) async throws -> (certificate: String, key: String) {
        let identity = (certificate: folder + "/certificate.pem", key: folder + "/key.pem")
        _ = try await Subprocess(
            executable: "openssl",
            arguments: [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", identity.key, "-out",
                identity.certificate,
            ]
        ).run().checked("openssl")
        return identity
    }
}
