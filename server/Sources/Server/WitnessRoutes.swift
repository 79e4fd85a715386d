import Because
import Dispatch
public import Hummingbird
public import Logging
public import Witnesses

/// A witness over HTTP (C2SP tlog-witness): `POST /add-checkpoint`, and for monitors `GET /<SHA-256 of the origin>/checkpoint`.
public struct WitnessRoutes: Sendable {
    private let witness: Witness
    private let logger: Logger
    /// Threads that wait for the disk are not those that speak to clients. The witness takes one request at a time anyway.
    private let queue = DispatchQueue(label: "because.witness")

    public init(_ witness: Witness, logger: Logger) {
        self.witness = witness
        self.logger = logger
    }

    /// The router with both routes.
    public var router: Router<BasicRequestContext> {
        let router = Router()
        router.post("add-checkpoint") { request, _ in await add(request) }
        router.get(":hash/checkpoint") { _, context in await checkpoint(context.parameters.get("hash") ?? "") }
        return router
    }

    private func add(_ request: Request) async -> Response {
        do {
            let body = try await Self.body(of: request)
            let answer = try await onQueue { try witness.addCheckpoint(body) }
            if answer.status != 200 {
                let text = VisibleText.line(String(decoding: answer.body.dropLast(), as: UTF8.self))
                logger.info("add-checkpoint refused", metadata: ["status": "\(answer.status)", "answer": "\(text)"])
            }
            return response(HTTPResponse.Status(code: answer.status), answer.contentType, answer.body)
        } catch { return failure(error) }
    }

    private func checkpoint(_ hash: String) async -> Response {
        do {
            guard let note = try await onQueue({ try witness.checkpoint(originHash: hash) }) else {
                return response(.notFound, Self.text, Array("nothing of this log was cosigned here\n".utf8))
            }
            return response(.ok, Self.text, note)
        } catch { return failure(error) }
    }

    private static let text = "text/plain; charset=utf-8"

    /// The body, as far as it is not longer than any request: what is longer the witness refuses by its length.
    private static func body(of request: Request) async throws -> [UInt8] {
        var body: [UInt8] = []
        for try await part in request.body {
            body += part.readableBytesView
            if body.count > AddCheckpointRequest.maximumByteCount { break }
        }
        return body
    }

    private func failure(_ error: any Error) -> Response {
        // What failed is for whoever runs the witness, not for whoever asks it.
        logger.error("nothing was cosigned", metadata: ["error": "\(VisibleText.line("\(error)"))"])
        return response(.internalServerError, Self.text, Array("the witness failed; nothing was cosigned\n".utf8))
    }

    private func response(_ status: HTTPResponse.Status, _ contentType: String, _ body: [UInt8]) -> Response {
        Response(
            status: status, headers: [.contentType: contentType, .cacheControl: "no-cache"],
            body: .init(byteBuffer: ByteBuffer(bytes: body)))
    }

    private func onQueue<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try body() }) }
        }
    }
}
