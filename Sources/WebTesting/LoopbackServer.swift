import Dispatch
import Glibc
import Synchronization

/// A web server on 127.0.0.1, for tests: it answers each request as a closure says, and closes the connection.
public final class LoopbackServer: Sendable {
    /// A request as it arrived.
    public struct Request: Sendable {
        public let method: String
        public let path: String
        /// By name in lower case.
        public let headers: [String: String]
        public let body: [UInt8]
    }

    public enum Reply: Sendable {
        case response(status: Int, headers: [String: String] = [:], body: [UInt8] = [])
        /// These bytes, whatever they are.
        case raw([UInt8])
        /// A good beginning, and then bytes for as long as anyone takes them.
        case endless
        /// Nothing at all, until the other side gives up.
        case silence
    }

    /// The port that the system chose.
    public let port: Int
    private let listener: Int32
    private let answer: @Sendable (Request) -> Reply
    private let received = Mutex<[Request]>([])

    public init(_ answer: @escaping @Sendable (Request) -> Reply) throws(Failure) {
        self.answer = answer
        (listener, port) = try Self.listen()
        let thread = DispatchQueue(label: "because.loopback")
        thread.async { [listener, weak self] in
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { return }
                DispatchQueue.global().async { [weak self] in
                    self?.serve(connection)
                    close(connection)
                }
            }
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    public struct Failure: Error {
        public let call: String
    }

    /// Every request until now.
    public var requests: [Request] { received.withLock { $0 } }

    public func address(_ path: String = "/") -> String { "http://127.0.0.1:\(port)\(path)" }

    /// A port of 127.0.0.1 at which nothing listens: it is held, so that nobody else gets it, but not listened at.
    public static func withDeafPort<Result>(_ body: (Int) async throws -> Result) async throws -> Result {
        let (descriptor, port) = try bound()
        defer { close(descriptor) }
        return try await body(port)
    }

    private static func listen() throws(Failure) -> (Int32, Int) {
        let (descriptor, port) = try bound()
        guard Glibc.listen(descriptor, 64) == 0 else { throw Failure(call: "listen") }
        return (descriptor, port)
    }

    private static func bound() throws(Failure) -> (Int32, Int) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw Failure(call: "socket") }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutableBytes(of: &address) { bytes in
            guard let address = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self) else { return false }
            return bind(descriptor, address, length) == 0 && getsockname(descriptor, address, &length) == 0
        }
        guard isBound else { throw Failure(call: "bind") }
        return (descriptor, Int(UInt16(bigEndian: address.sin_port)))
    }

    private func serve(_ connection: Int32) {
        guard let request = Self.read(connection) else {
            _ = Self.write(Array("HTTP/1.1 400 No\r\nContent-Length: 0\r\n\r\n".utf8), connection)
            return
        }
        received.withLock { $0.append(request) }
        switch answer(request) {
        case .raw(let bytes): _ = Self.write(bytes, connection)
        case .response(let status, let headers, let body):
            var head = "HTTP/1.1 \(status) Because\r\nConnection: close\r\nContent-Length: \(body.count)\r\n"
            for (name, value) in headers { head += "\(name): \(value)\r\n" }
            _ = Self.write(Array("\(head)\r\n".utf8) + body, connection)
        case .endless:
            var isTaken = Self.write(Array("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".utf8), connection)
            let chunk = [UInt8](repeating: UInt8(ascii: "x"), count: 1000)
            while isTaken { isTaken = Self.write(chunk, connection) }
        case .silence:
            var byte: UInt8 = 0
            while recv(connection, &byte, 1, 0) > 0 {}
        }
    }

    private static func write(_ bytes: [UInt8], _ connection: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// The next request; `nil` when the other side leaves or speaks no HTTP.
    private static func read(_ connection: Int32) -> Request? {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        func more() -> Bool {
            let count = recv(connection, &chunk, chunk.count, 0)
            if count > 0 { bytes += chunk[..<count] }
            return count > 0
        }
        let blank = Array("\r\n\r\n".utf8)
        while bytes.firstRange(of: blank) == nil {
            guard more(), bytes[0] >= UInt8(ascii: "A") else { return nil }
        }
        guard let end = bytes.firstRange(of: blank) else { return nil }
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
        let words = lines.first?.split(separator: " ") ?? []
        guard words.count == 3 else { return nil }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { return nil }
            headers[line[..<colon].lowercased()] = String(line[line.index(after: colon)...].drop { $0 == " " })
        }
        let count = headers["content-length"].flatMap { Int($0) } ?? 0
        if headers["expect"]?.lowercased() == "100-continue" {
            guard write(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8), connection) else { return nil }
        }
        while bytes.count < end.upperBound + count { guard more() else { return nil } }
        return Request(
            method: String(words[0]), path: String(words[1]), headers: headers,
            body: Array(bytes[end.upperBound..<end.upperBound + count]))
    }
}
