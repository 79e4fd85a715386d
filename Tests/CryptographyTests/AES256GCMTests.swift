import Cryptography
import Testing

/// McGrew and Viega, "The Galois/Counter Mode of Operation (GCM)", test cases 13 to 16: keys of 256 bits, nonces of 96.
struct AES256GCMTests {
    struct Vector: Sendable, CustomTestStringConvertible {
        let name: String
        let key: String
        let nonce: String
        let message: String
        let data: String
        let sealed: String
        var testDescription: String { name }
    }

    private static let key = "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"
    private static let long =
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
    private static let longSealed =
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"

    static let vectors = [
        Vector(
            name: "case 13", key: String(repeating: "0", count: 64), nonce: String(repeating: "0", count: 24),
            message: "", data: "", sealed: "530f8afbc74536b9a963b4f1c4cb738b"),
        Vector(
            name: "case 14", key: String(repeating: "0", count: 64), nonce: String(repeating: "0", count: 24),
            message: String(repeating: "0", count: 32), data: "",
            sealed: "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"),
        Vector(
            name: "case 15", key: key, nonce: "cafebabefacedbaddecaf888", message: long + "1aafd255", data: "",
            sealed: longSealed + "898015ad" + "b094dac5d93471bdec1a502270e3cc6c"),
        Vector(
            name: "case 16", key: key, nonce: "cafebabefacedbaddecaf888", message: long,
            data: "feedfacedeadbeeffeedfacedeadbeefabaddad2", sealed: longSealed + "76fc6ece0f4e1768cddf8853bb2d551b"),
    ]

    private func bytes(_ hex: String) -> [UInt8] {
        let digits = Array(hex)
        return stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) }
    }

    @Test(arguments: vectors) func `the published vectors are met`(vector: Vector) {
        let (key, nonce, data) = (bytes(vector.key), bytes(vector.nonce), bytes(vector.data))
        let sealed = AES256GCM.seal(bytes(vector.message), key: key, nonce: nonce, authenticating: data)
        #expect(sealed == bytes(vector.sealed))
        #expect(AES256GCM.open(sealed[...], key: key, nonce: nonce[...], authenticating: data) == bytes(vector.message))
    }

    @Test func `a flipped bit anywhere is noticed`() {
        let key = [UInt8](0..<32)
        let nonce = [UInt8](0..<12)
        let data: [UInt8] = [1, 2, 3]
        let sealed = AES256GCM.seal([7, 8, 9], key: key, nonce: nonce, authenticating: data)
        for bit in 0..<sealed.count * 8 {
            var changed = sealed
            changed[bit / 8] ^= 1 << (bit % 8)
            #expect(AES256GCM.open(changed[...], key: key, nonce: nonce[...], authenticating: data) == nil)
        }
        #expect(AES256GCM.open(sealed[...], key: key, nonce: nonce[...], authenticating: [1, 2]) == nil)
        #expect(AES256GCM.open(sealed.dropLast(4), key: key, nonce: nonce[...], authenticating: data) == nil)
        #expect(AES256GCM.open(sealed.prefix(15), key: key, nonce: nonce[...], authenticating: data) == nil)
    }
}
