/// Where a server listens: `HOST:PORT`, with an IPv6 address in brackets.
public struct ListeningAddress: Hashable, Sendable {
    public let host: String
    public let port: Int

    /// This machine alone.
    public static let standard = ListeningAddress(host: "127.0.0.1", port: 7380)

    private init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// The address in `text`, or `nil` when it is none.
    public init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
            return nil
        }
        var host = text[..<colon]
        if host.first == "[", host.last == "]" {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            return nil
        }
        guard !host.isEmpty else { return nil }
        self.host = String(host)
        self.port = Int(port)
    }
}
