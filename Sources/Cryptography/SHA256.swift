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
        context = Self.newContext()
    }

    deinit { EVP_MD_CTX_free(context) }

    /// Adds `bytes` to what is hashed.
    public func update(_ bytes: UnsafeRawBufferPointer) { Self.update(context, bytes) }

    /// The digest of everything since the last call; the context is then ready for the next.
    public func finalize() -> Digest { Self.finalize(context) }

    /// The digest of `bytes`.
    public static func digest(of bytes: UnsafeRawBufferPointer) -> Digest {
        let context = contextOfThread
        update(context, bytes)
        return finalize(context)
    }

    /// The digest of `first` followed by `second`.
    static func digest(of first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer) -> Digest {
        let context = contextOfThread
        update(context, first)
        update(context, second)
        return finalize(context)
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
        withUnsafeBytes(of: prefix) { digest(of: $0, bytes) }
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

    private static func newContext() -> OpaquePointer {
        guard let context = EVP_MD_CTX_new() else {
            preconditionFailure("libcrypto has no memory for a digest context")
        }
        precondition(EVP_DigestInit_ex2(context, algorithm.pointer, nil) == 1, "libcrypto offers SHA-256")
        return context
    }

    private static func update(_ context: OpaquePointer, _ bytes: UnsafeRawBufferPointer) {
        precondition(EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1, "SHA-256 cannot fail on memory")
    }

    private static func finalize(_ context: OpaquePointer) -> Digest {
        var digest = Digest()
        let done = withUnsafeMutableBytes(of: &digest.words) {
            EVP_DigestFinal_ex(context, $0.bindMemory(to: UInt8.self).baseAddress, nil)
        }
        // Ready for the next, with the algorithm it has.
        precondition(done == 1 && EVP_DigestInit_ex2(context, nil, nil) == 1, "SHA-256 cannot fail on memory")
        return digest
    }

    /// The context of the calling thread, freed when the thread ends.
    private static var contextOfThread: OpaquePointer {
        if let known = pthread_getspecific(threadKey) { return OpaquePointer(known) }
        let context = newContext()
        pthread_setspecific(threadKey, UnsafeRawPointer(context))
        return context
    }

    private static let threadKey: pthread_key_t = {
        var key = pthread_key_t()
        let status = pthread_key_create(&key) { known in
            if let known { EVP_MD_CTX_free(OpaquePointer(known)) }
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
