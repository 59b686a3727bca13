/// The name and version the program goes by, on the command line and on the wire.
package enum ProgramVersion {
    package static let current = "0.1.0"
    package static let userAgent = "skillweaver/\(current)"
}
