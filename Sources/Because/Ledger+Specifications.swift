import Glibc

extension Ledger {
    /// Registers the document in a file, and puts it in force unless `isActive` is false.
    ///
    /// How it is written is found out from the document when `format` is `nil`.
    @discardableResult
    public func register(
        contentsOf path: String, id: String, version: String, format: Format? = nil, isActive: Bool = true
    ) async throws -> RegisteredSpecification {
        let bytes = try await BlockingPool.run { try FileContent.read(path, limit: Specification.byteLimit) }
        let specification = try Specification(
            parsing: bytes, format: format ?? .detect(bytes, fileName: path), id: id, version: version)
        return try await register(specification, isActive: isActive)
    }
}

private enum FileContent {
    /// All bytes of a file; one more than `limit` of a larger one, which nobody takes.
    static func read(_ path: String, limit: Int) throws(StoreError) -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw .io(detail: "\(path): \(String(cString: strerror(errno)))") }
        defer { close(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count <= limit {
            let count = Glibc.read(file, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .io(detail: "\(path): \(String(cString: strerror(errno)))") }
            if count == 0 { break }
            bytes += chunk[..<count]
        }
        return bytes
    }
}
