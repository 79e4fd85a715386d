import Foundation
import Testing
import Web
import WebTesting

struct HTTPClientTests {
    private let client = HTTPClient()

    private func error(_ url: URL, _ client: HTTPClient = HTTPClient()) async -> HTTPError? {
        do throws(HTTPError) {
            let answer = try await client.get(url)
            Issue.record("\(url) answered \(answer.status)")
            return nil
        } catch { return error }
    }

    @Test(arguments: [200, 201, 204, 400, 401, 403, 404, 407, 409, 422, 429, 500, 503])
    func `an answer of any status is an answer`(status: Int) async throws {
        let body = status == 204 ? [] : Array("said \(status)".utf8)
        let server = try LoopbackServer { _ in .response(status: status, body: body) }
        let answer = try await client.get(URL(web: server.address("/at")))
        #expect(answer.status == status)
        #expect(answer.body == body)
        #expect(server.requests.map(\.path) == ["/at"])
    }

    @Test func `what is posted arrives as it was, with its type`() async throws {
        let server = try LoopbackServer { .response(status: 200, body: $0.body.reversed()) }
        let body = (0..<60_000).map { UInt8(truncatingIfNeeded: $0) }
        let answer = try await client.post(
            URL(web: server.address()), body: body, contentType: "application/timestamp-query")
        #expect(answer.body == body.reversed())
        let request = try #require(server.requests.first)
        #expect(request.method == "POST" && request.body == body)
        #expect(request.headers["content-type"] == "application/timestamp-query")
        #expect(request.headers["content-length"] == "60000")
        #expect(request.headers["cookie"] == nil && request.headers["authorization"] == nil)
    }

    @Test func `an empty body is posted as one`() async throws {
        let server = try LoopbackServer { .response(status: 200, body: Array($0.method.utf8)) }
        let answer = try await client.post(URL(web: server.address()), body: [], contentType: "text/plain")
        #expect(answer.body == Array("POST".utf8))
        #expect(server.requests.first?.body == [])
    }

    @Test func `type and pause are told`() async throws {
        let server = try LoopbackServer { _ in
            .response(status: 429, headers: ["Content-Type": "Text/X.tlog.size; a=b", "Retry-After": "120"])
        }
        let answer = try await client.get(URL(web: server.address()))
        #expect(answer.contentType == "Text/X.tlog.size; a=b")
        #expect(answer.mediaType == "text/x.tlog.size")
        #expect(answer.retryAfter == 120)
    }

    @Test func `a cookie is not kept`() async throws {
        let server = try LoopbackServer { _ in .response(status: 200, headers: ["Set-Cookie": "a=b; Path=/"]) }
        for _ in 0..<2 { _ = try await client.get(URL(web: server.address())) }
        #expect(server.requests.count == 2)
        #expect(server.requests.allSatisfy { $0.headers["cookie"] == nil })
    }

    @Test(arguments: [301, 302, 303, 307, 308]) func `a redirect is not followed`(status: Int) async throws {
        let server = try LoopbackServer { request in
            request.path == "/" ? .response(status: status, headers: ["Location": "/other"]) : .response(status: 200)
        }
        let answer = try await client.get(URL(web: server.address()))
        #expect(answer.status == status)
        #expect(server.requests.map(\.path) == ["/"])
    }

    @Test(arguments: [0, 1, 65_535, 65_536]) func `a body up to the limit is taken`(count: Int) async throws {
        let body = [UInt8](repeating: 7, count: count)
        let server = try LoopbackServer { _ in .response(status: 200, body: body) }
        #expect(try await client.get(URL(web: server.address())).body == body)
    }

    @Test func `a body that is announced too large is refused`() async throws {
        let server = try LoopbackServer { _ in
            .response(status: 200, body: [UInt8](repeating: 7, count: 65_537))
        }
        let url = try URL(web: server.address())
        #expect(await error(url) == .tooLarge(server: "127.0.0.1:\(server.port)", limit: 65_536))
    }

    @Test func `a body without an end is cut by its size`() async throws {
        let server = try LoopbackServer { _ in .endless }
        let url = try URL(web: server.address())
        // Were it cut by time, this would be another error, an hour from now.
        #expect(
            await error(url, HTTPClient(timeout: 3600, byteLimit: 5000))
                == .tooLarge(server: "127.0.0.1:\(server.port)", limit: 5000))
    }

    @Test func `a server that never answers is given up`() async throws {
        let server = try LoopbackServer { _ in .silence }
        let url = try URL(web: server.address())
        #expect(await error(url, HTTPClient(timeout: 1)) == .timedOut(server: "127.0.0.1:\(server.port)", seconds: 1))
    }

    @Test func `a cancelled task does not wait for its answer`() async throws {
        let server = try LoopbackServer { _ in .silence }
        let url = try URL(web: server.address())
        let task = Task { await error(url, HTTPClient(timeout: 3600)) }
        task.cancel()
        #expect(await task.value == .cancelled)
    }

    @Test func `where nothing listens there is no connection`() async throws {
        try await LoopbackServer.withDeafPort { port in
            let url = try URL(web: "http://127.0.0.1:\(port)/")
            #expect(
                await error(url) == .cannotConnect(server: "127.0.0.1:\(port)", detail: "nothing answers there"))
        }
    }

    @Test(arguments: [
        "", "garbage\r\n\r\n", "SSH-2.0-OpenSSH_9.2\r\n", "\u{0}\u{1}\u{2}",
        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort",
        "HTTP/9 x\r\n\r\n",
    ]) func `what is no answer is named as such`(text: String) async throws {
        let server = try LoopbackServer { _ in .raw(Array(text.utf8)) }
        let error = try #require(await error(URL(web: server.address())))
        guard case .notHTTP(let name, let detail) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(name == "127.0.0.1:\(server.port)")
        #expect(!detail.isEmpty && error.hint != nil)
    }

    @Test func `a server without TLS is no secure one`() async throws {
        let server = try LoopbackServer { _ in .response(status: 200) }
        let error = try #require(await error(URL(web: "https://127.0.0.1:\(server.port)/")))
        guard case .tlsFailed(let name, _) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(name == "127.0.0.1:\(server.port)")
        #expect(server.requests.isEmpty)
    }

    @Test(arguments: [
        "", "tsa.example", "ftp://tsa.example/", "file:///etc/passwd", "https:///path", "http://a:b@tsa.example/",
        "http://a@b/",
        "https:", "mailto:a@b", "http://[::1", "data:text/plain,a",
    ]) func `only servers of the web are asked`(text: String) async throws {
        do throws(HTTPError) {
            let url = try URL(web: text)
            Issue.record("\(url) was taken")
        } catch { #expect(error == .notAnAddress(text)) }
        if let url = URL(string: text) {
            let error = await error(url)
            #expect(error == .notAnAddress(url.absoluteString))
        }
    }

    @Test func `the transport is the client`() async throws {
        let server = try LoopbackServer { _ in .response(status: 418) }
        let transport: Transport = client.transport
        #expect(try await transport(.get(URL(web: server.address()))).status == 418)
    }
}
