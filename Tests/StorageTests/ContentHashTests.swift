import Storage
import Testing

@Suite("A content hash")
struct ContentHashTests {
    @Test(
        "is the SHA-256 of the content",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ]
    )
    func knownAnswers(text: String, digest: String) {
        #expect(ContentHash(of: text).hexadecimal == digest)
        #expect(ContentHash(of: Array(text.utf8)) == ContentHash(of: text))
    }
}
