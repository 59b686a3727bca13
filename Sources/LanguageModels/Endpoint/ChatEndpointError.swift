/// What is missing or wrong about the place a language model is to be asked at.
public enum ChatEndpointError: Error, Sendable, Hashable {
    case noModel(address: String?)
    case noKey(variable: String, host: String)
    /// The key holds something no header can.
    case invalidKey(variable: String)
    case invalidAddress(detail: String, variable: String)
    /// A variable that concerns the way to the server cannot be used.
    case invalidTransport(detail: String)
}

extension ChatEndpointError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .noModel:
            "no language model is named; use --model NAME or set \(ChatEndpoint.modelVariable)"
        case .noKey(let variable, let host):
            "\(host) wants a key; set \(variable), or name another server with --base-url"
        case .invalidKey(let variable):
            "the key in \(variable) holds a line break or another character that keys do not have"
        case .invalidAddress(let detail, let variable):
            "the address of the language model is not usable: \(detail); correct --base-url or \(variable)"
        case .invalidTransport(let detail):
            detail
        }
    }
}
