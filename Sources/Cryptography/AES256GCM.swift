import CLibcrypto

/// AES-256-GCM (NIST SP 800-38D) by libcrypto.
public enum AES256GCM {
    /// Bytes in a key, in a nonce and in a tag.
    public static let keyByteCount = 32
    public static let nonceByteCount = 12
    public static let tagByteCount = 16

    /// The ciphertext of `message` followed by its tag. `nonce` is never used again under the same key.
    ///
    /// - Precondition: Key and nonce have their lengths.
    public static func seal(_ message: [UInt8], key: [UInt8], nonce: [UInt8], authenticating data: [UInt8]) -> [UInt8] {
        precondition(key.count == keyByteCount && nonce.count == nonceByteCount, "32 bytes of key, 12 of nonce")
        let context = Context()
        var output = [UInt8](repeating: 0, count: message.count + tagByteCount)
        var count: Int32 = 0
        var last: Int32 = 0
        let isDone = output.withUnsafeMutableBufferPointer { output in
            EVP_EncryptInit_ex(context.pointer, EVP_aes_256_gcm(), nil, key, nonce) == 1
                && EVP_EncryptUpdate(context.pointer, nil, &count, data, Int32(data.count)) == 1
                && EVP_EncryptUpdate(context.pointer, output.baseAddress, &count, message, Int32(message.count)) == 1
                && EVP_EncryptFinal_ex(context.pointer, output.baseAddress.map { $0 + message.count }, &last) == 1
                && EVP_CIPHER_CTX_ctrl(
                    context.pointer, EVP_CTRL_GCM_GET_TAG, Int32(tagByteCount),
                    output.baseAddress.map { $0 + message.count }) == 1
        }
        precondition(isDone && Int(count) == message.count && last == 0, "AES-GCM cannot fail on memory")
        return output
    }

    /// The message that `seal` made `sealed` of; `nil` where key, nonce, data or a single bit is another.
    ///
    /// - Precondition: Key and nonce have their lengths.
    public static func open(
        _ sealed: ArraySlice<UInt8>, key: [UInt8], nonce: ArraySlice<UInt8>, authenticating data: [UInt8]
    ) -> [UInt8]? {
        precondition(key.count == keyByteCount && nonce.count == nonceByteCount, "32 bytes of key, 12 of nonce")
        guard sealed.count >= tagByteCount else { return nil }
        let context = Context()
        let length = sealed.count - tagByteCount
        // A byte more, so that there is an address for an empty message.
        var message = [UInt8](repeating: 0, count: length + 1)
        var tag = Array(sealed.suffix(tagByteCount))
        var count: Int32 = 0
        var last: Int32 = 0
        let isOpen = sealed.withUnsafeBufferPointer { sealed in
            nonce.withUnsafeBufferPointer { nonce in
                EVP_DecryptInit_ex(context.pointer, EVP_aes_256_gcm(), nil, key, nonce.baseAddress) == 1
                    && EVP_DecryptUpdate(context.pointer, nil, &count, data, Int32(data.count)) == 1
                    && EVP_DecryptUpdate(context.pointer, &message, &count, sealed.baseAddress, Int32(length)) == 1
                    && EVP_CIPHER_CTX_ctrl(context.pointer, EVP_CTRL_GCM_SET_TAG, Int32(tagByteCount), &tag) == 1
                    && EVP_DecryptFinal_ex(context.pointer, &message, &last) == 1
            }
        }
        guard isOpen else {
            // A refused tag may leave its reason in this thread's error queue, which nobody reads.
            ERR_clear_error()
            return nil
        }
        message.removeLast()
        return message
    }

    /// A context for one message.
    private struct Context: ~Copyable {
        let pointer: OpaquePointer

        init() {
            guard let pointer = EVP_CIPHER_CTX_new() else { preconditionFailure("libcrypto has no memory to encrypt") }
            self.pointer = pointer
        }

        deinit { EVP_CIPHER_CTX_free(pointer) }
    }
}
