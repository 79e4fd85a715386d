import Dispatch
import Foundation
import FoundationNetworking
import Synchronization

/// One request and its answer, in a session of its own.
final class Exchange: NSObject, URLSessionDataDelegate {
    typealias Answer = Result<HTTPResponse, HTTPError>

    private let request: HTTPRequest
    private let timeout: Int
    private let byteLimit: Int
    private let state = Mutex(State())

    private struct State {
        var continuation: CheckedContinuation<Answer, Never>?
        /// Set until the exchange is over.
        var task: URLSessionDataTask?
        var head: HTTPURLResponse?
        var body: [UInt8] = []
        /// Why the exchange was broken off by this side: the first reason counts.
        var reason: HTTPError?
    }

    init(_ request: HTTPRequest, timeout: Int, byteLimit: Int) {
        self.request = request
        self.timeout = timeout
        self.byteLimit = byteLimit
    }

    func start(_ continuation: CheckedContinuation<Answer, Never>) {
        let session = URLSession(
            configuration: Self.configuration(timeout), delegate: self, delegateQueue: InPlaceQueue())
        let task = session.dataTask(with: urlRequest)
        let isStopped = state.withLock { state in
            state.continuation = continuation
            state.task = task
            return state.reason != nil
        }
        task.resume()
        if isStopped { task.cancel() }
        // The session lets go of its delegate, which is this exchange, once the task is done.
        session.finishTasksAndInvalidate()
        let server = request.url.server
        // The session's own limit begins anew with each packet, so a trickle would never end.
        DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(timeout)) { [weak self, timeout] in
            self?.stop(.timedOut(server: server, seconds: timeout))
        }
    }

    /// Breaks the exchange off, unless it is over.
    func stop(_ reason: HTTPError) {
        let task = state.withLock { state in
            if state.reason == nil { state.reason = reason }
            return state.task
        }
        // Not here: a task that is told so by its own session would wait for itself.
        if let task { DispatchQueue.global().async { task.cancel() } }
    }

    private static func configuration(_ timeout: Int) -> URLSessionConfiguration {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpCookieStorage = nil
        configuration.httpShouldSetCookies = false
        configuration.httpCookieAcceptPolicy = .never
        configuration.urlCache = nil
        configuration.requestCachePolicy = .reloadIgnoringLocalCacheData
        configuration.urlCredentialStorage = nil
        configuration.timeoutIntervalForRequest = TimeInterval(timeout)
        return configuration
    }

    private var urlRequest: URLRequest {
        var request = URLRequest(url: self.request.url)
        request.httpMethod = self.request.method.rawValue
        request.timeoutInterval = TimeInterval(timeout)
        request.setValue("because", forHTTPHeaderField: "User-Agent")
        if let type = self.request.contentType { request.setValue(type, forHTTPHeaderField: "Content-Type") }
        if self.request.method == .post { request.httpBody = Data(self.request.body) }
        return request
    }

    // MARK: What the session tells

    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }

    func urlSession(
        _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
        completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
    ) {
        state.withLock { $0.head = response as? HTTPURLResponse }
        let isTooLarge = response.expectedContentLength > Int64(byteLimit)
        if isTooLarge { stop(.tooLarge(server: request.url.server, limit: byteLimit)) }
        completionHandler(isTooLarge ? .cancel : .allow)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        let isTooLarge = state.withLock { state in
            guard state.body.count + data.count <= byteLimit else { return true }
            state.body += data
            return false
        }
        if isTooLarge { stop(.tooLarge(server: request.url.server, limit: byteLimit)) }
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        let ended = state.withLock { state in
            defer {
                state.continuation = nil
                state.task = nil
            }
            return (state.continuation, state.reason, state.head ?? task.response as? HTTPURLResponse, state.body)
        }
        let (continuation, reason, head, body) = ended
        continuation?.resume(returning: answer(reason, error, head, body))
    }

    private func answer(
        _ reason: HTTPError?, _ error: (any Error)?, _ head: HTTPURLResponse?, _ body: [UInt8]
    ) -> Answer {
        if let reason { return .failure(reason) }
        if let error { return .failure(HTTPError(error, request.url, hasAnswer: head != nil, timeout: timeout)) }
        guard let head else {
            return .failure(.notHTTP(server: request.url.server, detail: "there is no status in what it sent"))
        }
        return .success(
            HTTPResponse(
                status: head.statusCode, contentType: head.value(forHTTPHeaderField: "Content-Type"),
                retryAfter: head.value(forHTTPHeaderField: "Retry-After").flatMap { RetryAfter.seconds($0) }, body: body
            ))
    }
}

/// Runs what the session tells where the session is, so that it reads no further before its delegate has seen what it read.
///
/// On a queue of its own the delegate lags behind, and an answer without an end fills the memory meanwhile. It holds nothing
/// of its own, and `OperationQueue` may be used from any thread, so it may be as well.
private final class InPlaceQueue: OperationQueue, @unchecked Sendable {
    override func addOperation(_ block: @escaping @Sendable () -> Void) { block() }
}

extension HTTPError {
    /// What the session's own error means.
    init(_ error: any Error, _ url: URL, hasAnswer: Bool, timeout: Int) {
        let server = url.server
        let detail = error.localizedDescription
        switch (error as? URLError)?.code {
        case .cannotFindHost, .dnsLookupFailed: self = .cannotConnect(server: server, detail: "its name is not known")
        case .cannotConnectToHost: self = .cannotConnect(server: server, detail: "nothing answers there")
        case .notConnectedToInternet: self = .cannotConnect(server: server, detail: detail)
        case .timedOut: self = .timedOut(server: server, seconds: timeout)
        case .secureConnectionFailed, .serverCertificateHasBadDate, .serverCertificateUntrusted,
            .serverCertificateHasUnknownRoot, .serverCertificateNotYetValid, .clientCertificateRejected,
            .clientCertificateRequired:
            self = .tlsFailed(server: server, detail: detail)
        // Most failures of TLS come without a code of their own; what comes after it and before an answer has one.
        case .unknown where url.scheme?.lowercased() == "https" && !hasAnswer:
            self = .tlsFailed(server: server, detail: detail)
        default: self = .notHTTP(server: server, detail: detail)
        }
    }
}
