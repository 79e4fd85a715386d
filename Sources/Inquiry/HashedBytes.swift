/// Bytes that are hashed in one go: an array hands them over one by one.
struct HashedBytes: Hashable {
    let bytes: [UInt8]

    func hash(into hasher: inout Hasher) { bytes.withUnsafeBytes { hasher.combine(bytes: $0) } }
}
