import Glibc

/// The input of a recording could not be read. What was read before is recorded.
public struct InputError: Error, CustomStringConvertible {
    let reason: Int32

    public var description: String { "the input cannot be read: \(String(cString: strerror(reason)))" }
}

/// Reads lines from a descriptor as they arrive. A line that is too long is passed over without being kept.
struct LineReader {
    /// Bytes of the longest line: an exported entry with all that opens it. A submission has half of that at most.
    static let lineLimit = 2 << 20

    struct Line: Sendable {
        /// From 1.
        let number: Int
        /// Without its end; `nil` for one that is too long.
        let bytes: [UInt8]?
    }

    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private var number = 0
    private var isSkipping = false
    private var isAtEnd = false

    init(descriptor: Int32) { self.descriptor = descriptor }

    /// The next lines that are there: whatever one read brings, so that a line typed by hand is answered at once. Waits for
    /// input; `nil` at its end.
    mutating func next() throws -> [Line]? {
        var lines: [Line] = []
        while lines.isEmpty {
            if isAtEnd { return nil }
            try withUnsafeTemporaryAllocation(byteCount: 1 << 18, alignment: 16) { chunk in
                let count = read(descriptor, chunk.baseAddress, chunk.count)
                if count < 0 {
                    if errno == EINTR { return }
                    throw InputError(reason: errno)
                }
                if count == 0 {
                    isAtEnd = true
                    if !buffer.isEmpty || isSkipping { end(&lines) }
                } else {
                    take(UnsafeRawBufferPointer(rebasing: chunk[..<count]), &lines)
                }
            }
        }
        return lines
    }

    private mutating func take(_ chunk: UnsafeRawBufferPointer, _ lines: inout [Line]) {
        var rest = chunk
        while let start = rest.baseAddress, let found = memchr(start, Int32(UInt8(ascii: "\n")), rest.count) {
            let newline = UnsafeRawPointer(found) - start
            keep(UnsafeRawBufferPointer(rebasing: rest[..<newline]))
            end(&lines)
            rest = UnsafeRawBufferPointer(rebasing: rest[(newline + 1)...])
        }
        keep(rest)
    }

    private mutating func keep(_ bytes: UnsafeRawBufferPointer) {
        if isSkipping { return }
        if buffer.count + bytes.count > Self.lineLimit {
            isSkipping = true
            buffer = []
        } else {
            buffer.append(contentsOf: bytes)
        }
    }

    private mutating func end(_ lines: inout [Line]) {
        number += 1
        lines.append(Line(number: number, bytes: isSkipping ? nil : buffer))
        buffer = []
        isSkipping = false
    }
}
