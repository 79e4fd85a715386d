public import Foundation

/// What is asked of a server.
public struct HTTPRequest: Sendable, Hashable {
    public enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
    }

    public let method: Method
    public let url: URL
    public let contentType: String?
    public let body: [UInt8]

    private init(method: Method, url: URL, contentType: String?, body: [UInt8]) {
        self.method = method
        self.url = url
        self.contentType = contentType
        self.body = body
    }

    public static func get(_ url: URL) -> HTTPRequest {
        HTTPRequest(method: .get, url: url, contentType: nil, body: [])
    }

    public static func post(_ url: URL, body: [UInt8], contentType: String) -> HTTPRequest {
        HTTPRequest(method: .post, url: url, contentType: contentType, body: body)
    }
}

/// What a server answered, of whatever status.
public struct HTTPResponse: Sendable, Hashable {
    public let status: Int
    /// The media type as it was sent, with its parameters.
    public let contentType: String?
    /// How many seconds to wait before the next request, as the header `Retry-After` says.
    public let retryAfter: Int?
    public let body: [UInt8]

    public init(status: Int, contentType: String? = nil, retryAfter: Int? = nil, body: [UInt8] = []) {
        self.status = status
        self.contentType = contentType
        self.retryAfter = retryAfter
        self.body = body
    }

    /// The media type alone, in lower case: `text/plain` of `Text/Plain; charset=utf-8`.
    public var mediaType: String? {
        contentType?.split(separator: ";", omittingEmptySubsequences: false).first.map {
            $0.trimmingCharacters(in: .whitespaces).lowercased()
        }
    }
}

/// How a request reaches a server: `HTTPClient.transport`, or in a test whatever answers in its place.
public typealias Transport = @Sendable (HTTPRequest) async throws(HTTPError) -> HTTPResponse

extension URL {
    /// The address that a person wrote: of a server spoken to by http or https, without a name or password in it.
    public init(web text: String) throws(HTTPError) {
        guard let url = URL(string: text) else { throw .notAnAddress(text) }
        try url.checkIsWeb()
        self = url
    }

    /// The server: `host`, or `host:port`.
    var server: String { (host ?? "?") + (port.map { ":\($0)" } ?? "") }

    func checkIsWeb() throws(HTTPError) {
        guard let scheme = scheme?.lowercased(), ["http", "https"].contains(scheme), let host, !host.isEmpty,
            user == nil, password == nil
        else { throw .notAnAddress(absoluteString) }
    }
}
