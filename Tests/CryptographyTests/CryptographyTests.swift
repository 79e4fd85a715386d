import Cryptography
import Testing

struct SHA256Tests {
    /// FIPS 180-2 appendix B, and the empty message.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func `published messages have their published digests`(message: String, hex: String) {
        #expect(SHA256.digest(of: message).hex == hex)
        #expect(SHA256.digest(of: Array(message.utf8)).hex == hex)
        #expect(Digest(hex: hex) == SHA256.digest(of: message))
    }

    @Test func `a context is ready again after it has given a digest`() {
        let context = SHA256()
        for _ in 0..<3 {
            for byte in "abc".utf8 { withUnsafeBytes(of: byte) { context.update($0) } }
            #expect(context.finalize() == SHA256.digest(of: "abc"))
        }
    }

    @Test func `a prefix is hashed before what follows it`() {
        let left = SHA256.digest(of: "left")
        let right = SHA256.digest(of: "right")
        #expect(SHA256.digest(prefix: 1, left, right) == SHA256.digest(of: [1] + left.bytes + right.bytes))
        #expect(
            "abc".utf8.withContiguousStorageIfAvailable { SHA256.digest(prefix: 0x61, UnsafeRawBufferPointer($0)) }
                == SHA256.digest(of: "aabc"))
    }

    @Test func `many threads hash at once without disturbing each other`() async {
        await withTaskGroup(of: Bool.self) { group in
            for task in 0..<16 {
                group.addTask {
                    let message = [UInt8](repeating: UInt8(task), count: 1000 + task)
                    let first = SHA256.digest(of: message)
                    return (0..<200).allSatisfy { _ in SHA256.digest(of: message) == first }
                }
            }
            for await same in group { #expect(same) }
        }
    }
}

struct DigestTests {
    @Test func `digests order by their bytes`() {
        let digests = (0..<64).map { SHA256.digest(of: "\($0)") }
        #expect(digests.sorted().map(\.hex) == digests.map(\.hex).sorted())
    }

    @Test func `only 32 bytes make a digest`() {
        for count in 0..<80 {
            #expect((Digest([UInt8](repeating: 7, count: count)) != nil) == (count == 32))
        }
        #expect(Digest(hex: String(repeating: "0", count: 63)) == nil)
        #expect(Digest(base64URL: "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU") == nil)
        #expect(Digest(base64URL: "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU") == SHA256.digest(of: ""))
    }
}

struct Base64Tests {
    /// RFC 4648 section 10.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func `published texts encode and decode`(plain: String, encoded: String) {
        #expect(Base64.encode(Array(plain.utf8), .standard) == encoded)
        #expect(Base64.decode(Array(encoded.utf8), .standard) == Array(plain.utf8))
        let unpadded = encoded.filter { $0 != "=" }
        #expect(Base64.encode(Array(plain.utf8), .url) == unpadded)
        #expect(Base64.decode(Array(unpadded.utf8), .url) == Array(plain.utf8))
    }

    @Test func `every length up to 100 comes back, also when appended`() {
        for count in 0...100 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 151 &+ count) }
            for alphabet in [Base64.Alphabet.standard, .url] {
                let text = Base64.encode(bytes, alphabet)
                #expect(Base64.decode(Array(text.utf8), alphabet) == bytes)
                var output = Array("x".utf8)
                bytes.withUnsafeBytes { Base64.append($0, alphabet, to: &output) }
                #expect(output == Array("x\(text)".utf8))
            }
        }
    }

    @Test(arguments: ["Zg", "Zg=", "Zh==", "Zm9=", "Z", "Zg==\n", "====", "Zm9v====", "Zm-v", "Z===", "=Zg="])
    func `what encode never writes is refused in standard form`(text: String) {
        #expect(Base64.decode(Array(text.utf8), .standard) == nil)
    }

    @Test(arguments: ["Zh", "Zm9", "Z", "Zg==", "Zm+v", "Zm/v", "é"])
    func `what encode never writes is refused in url form`(text: String) {
        #expect(Base64.decode(Array(text.utf8), .url) == nil)
    }
}

struct Ed25519Tests {
    /// RFC 8032 section 7.1, tests 1 to 3.
    @Test(arguments: [
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
        (
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
        (
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        ),
    ])
    func `published keys make published signatures`(seed: String, point: String, message: String, signature: String)
        throws
    {
        let seed = try #require(Hexadecimal.decode(seed))
        let key = try #require(Ed25519.PrivateKey(seed: seed))
        let message = try #require(Hexadecimal.decode(message))
        #expect(Hexadecimal.encode(key.publicKey.bytes) == point)
        #expect(Hexadecimal.encode(key.sign(message)) == signature)
        #expect(key.publicKey.verify(key.sign(message), of: message))
    }

    @Test func `a signature with any flipped bit is refused`() throws {
        let key = try #require(Ed25519.PrivateKey(seed: [UInt8](repeating: 3, count: 32)))
        let signature = key.sign([1, 2, 3])
        for bit in 0..<512 {
            var broken = signature
            broken[bit / 8] ^= 1 << (bit % 8)
            #expect(!key.publicKey.verify(broken, of: [1, 2, 3]))
        }
        #expect(!key.publicKey.verify(signature, of: [1, 2, 4]))
        #expect(!key.publicKey.verify(Array(signature.dropLast()), of: [1, 2, 3]))
        #expect(!key.publicKey.verify([], of: [1, 2, 3]))
    }

    @Test func `keys of a wrong length are refused`() {
        for count in [0, 31, 33, 64] {
            #expect(Ed25519.PrivateKey(seed: [UInt8](repeating: 1, count: count)) == nil)
            #expect(Ed25519.PublicKey([UInt8](repeating: 1, count: count)) == nil)
        }
    }
}

struct HMACTests {
    /// RFC 4231 test cases 1, 2 and 6.
    @Test(arguments: [
        (
            String(repeating: "0b", count: 20), "4869205468657265",
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        (
            "4a656665", "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        (
            String(repeating: "aa", count: 131),
            "54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204b6579202d2048617368204b6579204669727374",
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
    ])
    func `published keys and messages have their published codes`(key: String, message: String, code: String) throws {
        let key = try #require(Hexadecimal.decode(key))
        let message = try #require(Hexadecimal.decode(message))
        #expect(HMACSHA256.code(of: message, key: key).hex == code)
    }
}

struct RandomnessTests {
    @Test func `the system's bytes do not repeat`() {
        let draws = (0..<1000).map { _ in Randomness.system.bytes(16) }
        #expect(Set(draws).count == 1000)
        #expect(draws.allSatisfy { $0.count == 16 })
        #expect(Randomness.system.bytes(0).isEmpty)
    }
}
