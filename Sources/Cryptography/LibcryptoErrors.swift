import CLibcrypto

/// The error queue of the calling thread.
enum LibcryptoErrors {
    /// Empties the queue and returns its last error in words.
    static func take() -> String {
        var data: UnsafePointer<CChar>?
        var flags: Int32 = 0
        let code = ERR_peek_last_error_all(nil, nil, nil, &data, &flags)
        defer { ERR_clear_error() }
        guard code != 0 else { return "libcrypto gives no reason" }
        let reason = ERR_reason_error_string(code).map { String(cString: $0) } ?? "error \(code)"
        guard flags & ERR_TXT_STRING != 0, let data, data.pointee != 0 else { return reason }
        return "\(reason) (\(String(cString: data)))"
    }
}
