import CLibcrypto

/// Where random bytes come from: a parameter of everything that needs them, so that tests can repeat a run.
public struct Randomness: Sendable {
    private let fill: @Sendable (UnsafeMutableRawBufferPointer) -> Void

    /// A source that fills buffers by `fill`.
    public init(_ fill: @escaping @Sendable (UnsafeMutableRawBufferPointer) -> Void) { self.fill = fill }

    /// libcrypto's generator, seeded by the operating system.
    public static let system = Randomness { buffer in
        guard !buffer.isEmpty else { return }
        let filled = RAND_bytes(buffer.bindMemory(to: UInt8.self).baseAddress, Int32(buffer.count))
        // Going on without randomness would make salts guessable, and nobody would notice.
        precondition(filled == 1, "the operating system gives no random bytes")
    }

    /// `count` random bytes.
    public func bytes(_ count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            fill(UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[..<count]))
            initialized = count
        }
    }
}
