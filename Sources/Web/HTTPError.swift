/// Why there is no answer of a server.
public enum HTTPError: Error, Hashable, Sendable {
    /// The text is no address of a server spoken to by http or https, or holds a name or password.
    case notAnAddress(String)
    /// The server's name is not known, or nothing answers there.
    case cannotConnect(server: String, detail: String)
    /// The answer was not complete in time.
    case timedOut(server: String, seconds: Int)
    /// The answer has more bytes than anything asked for has.
    case tooLarge(server: String, limit: Int)
    /// The server's certificate is not trusted, or it does not speak TLS.
    case tlsFailed(server: String, detail: String)
    /// What answers does not speak HTTP, or breaks off.
    case notHTTP(server: String, detail: String)
    /// The task that asked was cancelled.
    case cancelled
}

extension HTTPError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notAnAddress(let text): "\"\(text)\" is not the address of a server"
        case .cannotConnect(let server, let detail): "cannot connect to \(server): \(detail)"
        case .timedOut(let server, let seconds): "\(server) gave no complete answer within \(seconds) seconds"
        case .tooLarge(let server, let limit): "the answer of \(server) has more than \(limit) bytes"
        case .tlsFailed(let server, let detail): "there is no secure connection to \(server): \(detail)"
        case .notHTTP(let server, let detail): "\(server) does not answer as a web server does: \(detail)"
        case .cancelled: "the request was cancelled"
        }
    }

    /// What the person at the terminal can do about it.
    public var hint: String? {
        switch self {
        case .notAnAddress: "write it as https://HOST/PATH or http://HOST:PORT/PATH, without a name and password"
        case .cannotConnect: "check the address, the network and that the server runs; then run the command again"
        case .timedOut: "run the command again later; nothing was stored"
        case .tooLarge: "check that the address is that of the service and not of a page"
        case .tlsFailed: "check the address, this machine's clock and its certificates; nothing was sent"
        case .notHTTP: "check the address and its port, and whether it wants https instead of http"
        case .cancelled: nil
        }
    }
}
