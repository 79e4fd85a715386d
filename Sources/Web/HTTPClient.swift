public import Foundation
import FoundationNetworking

/// The one way to other machines: a request, and an answer of few bytes in limited time.
///
/// It follows no redirect and keeps nothing between requests: no cookie, no cache, no credential, no connection. An answer of
/// any status is an answer; whoever asked decides what it means. The variables `http_proxy` and `https_proxy` are honoured.
public struct HTTPClient: Sendable {
    private let timeout: Int
    private let byteLimit: Int

    /// `timeout` seconds are for everything, from the name of the server to the last of at most `byteLimit` bytes of the body.
    public init(timeout: Int = 30, byteLimit: Int = 64 * 1024) {
        precondition(timeout > 0 && byteLimit >= 0, "limits of an answer")
        self.timeout = timeout
        self.byteLimit = byteLimit
    }

    public func get(_ url: URL) async throws(HTTPError) -> HTTPResponse { try await send(.get(url)) }

    public func post(_ url: URL, body: [UInt8], contentType: String) async throws(HTTPError) -> HTTPResponse {
        try await send(.post(url, body: body, contentType: contentType))
    }

    /// This client as a function.
    public var transport: Transport { { (request) async throws(HTTPError) in try await send(request) } }

    /// Sends a request and waits for the answer.
    public func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        try request.url.checkIsWeb()
        let exchange = Exchange(request, timeout: timeout, byteLimit: byteLimit)
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { exchange.start($0) }
        } onCancel: {
            exchange.stop(.cancelled)
        }
        return try result.get()
    }
}
