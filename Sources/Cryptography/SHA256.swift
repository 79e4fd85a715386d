import CLibcrypto
import Glibc

/// SHA-256 (FIPS 180-4) by libcrypto.
///
/// An instance is one reusable context: fetching the algorithm and allocating a context costs as much as hashing a
/// record, so both happen once. It is not for sharing between threads; the static functions keep one for each thread.
public final class SHA256 {
    private let context: OpaquePointer

    /// A fresh context, ready for `update`.
    public init() {
        guard let context = EVP_MD_CTX_new() else {
            preconditionFailure("libcrypto has no memory for a digest context")
        }
        self.context = context
        start()
    }

    deinit { EVP_MD_CTX_free(context) }

    /// Adds `bytes` to what is hashed.
    public func update(_ bytes: UnsafeRawBufferPointer) {
        precondition(EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1, "SHA-256 cannot fail on memory")
    }

    /// The digest of everything since the last call; the context is then ready for the next.
    public func finalize() -> Digest {
        var digest = Digest()
        let done = withUnsafeMutableBytes(of: &digest.words) {
            EVP_DigestFinal_ex(context, $0.bindMemory(to: UInt8.self).baseAddress, nil)
        }
        precondition(done == 1, "SHA-256 cannot fail on memory")
        start()
        return digest
    }

    private func start() {
        precondition(EVP_DigestInit_ex2(context, Self.algorithm.pointer, nil) == 1, "libcrypto offers SHA-256")
    }

    /// The digest of `bytes`.
    public static func digest(of bytes: UnsafeRawBufferPointer) -> Digest {
        let context = forThisThread
        context.update(bytes)
        return context.finalize()
    }

    /// The digest of `bytes`.
    public static func digest(of bytes: [UInt8]) -> Digest { bytes.withUnsafeBytes { digest(of: $0) } }

    /// The digest of the UTF-8 of `text`.
    public static func digest(of text: String) -> Digest {
        var text = text
        return text.withUTF8 { digest(of: UnsafeRawBufferPointer($0)) }
    }

    /// The digest of `prefix` followed by `bytes`: the domain-separated hashes of RFC 6962 section 2.1.
    public static func digest(prefix: UInt8, _ bytes: UnsafeRawBufferPointer) -> Digest {
        let context = forThisThread
        withUnsafeBytes(of: prefix) { context.update($0) }
        context.update(bytes)
        return context.finalize()
    }

    /// The digest of `prefix`, `left` and `right`: an interior node of RFC 6962 section 2.1.
    public static func digest(prefix: UInt8, _ left: Digest, _ right: Digest) -> Digest {
        withUnsafeTemporaryAllocation(byteCount: 65, alignment: 8) { buffer in
            buffer[0] = prefix
            left.withUnsafeBytes { UnsafeMutableRawBufferPointer(rebasing: buffer[1..<33]).copyMemory(from: $0) }
            right.withUnsafeBytes { UnsafeMutableRawBufferPointer(rebasing: buffer[33..<65]).copyMemory(from: $0) }
            return digest(of: UnsafeRawBufferPointer(buffer))
        }
    }

    /// The context of the calling thread, freed when the thread ends.
    public static var forThisThread: SHA256 {
        if let known = pthread_getspecific(threadKey) {
            return Unmanaged<SHA256>.fromOpaque(known).takeUnretainedValue()
        }
        let context = SHA256()
        pthread_setspecific(threadKey, Unmanaged.passRetained(context).toOpaque())
        return context
    }

    private static let threadKey: pthread_key_t = {
        var key = pthread_key_t()
        let status = pthread_key_create(&key) { known in
            if let known { Unmanaged<SHA256>.fromOpaque(known).release() }
        }
        precondition(status == 0, "the process has no thread-specific key left")
        return key
    }()

    /// The fetched algorithm. Immutable once fetched, and libcrypto lets any thread use it.
    private struct Algorithm: @unchecked Sendable {
        let pointer: OpaquePointer
    }

    private static let algorithm: Algorithm = {
        guard let pointer = EVP_MD_fetch(nil, "SHA2-256", nil) else {
            preconditionFailure("libcrypto offers no SHA-256; is its default provider installed?")
        }
        return Algorithm(pointer: pointer)
    }()
}
