import Cryptography
import Foundation
import Merkle
import Testing

/// The proofs that transparency-dev/merkle publishes, most of them to be refused.
@Suite(.enabled(if: FileManager.default.fileExists(atPath: vectors.path), "../shared/vectors is not here"))
struct PublishedProofTests {
    struct Inclusion: Decodable {
        let name: String
        let leafIdx: UInt64
        let treeSize: UInt64
        let root: String?
        let leafHash: String?
        let proof: [String]?
        let wantErr: Bool
    }

    struct Consistency: Decodable {
        let name: String
        let size1: UInt64
        let size2: UInt64
        let root1: String?
        let root2: String?
        let proof: [String]?
        let wantErr: Bool
    }

    @Test func `inclusion proofs are accepted and refused as published`() throws {
        let cases: [Inclusion] = try decode("rfc6962-inclusion.json")
        #expect(cases.count == 98)
        for known in cases {
            let accepted: Bool
            do {
                let proof = InclusionProof(hashes: try digests(known.proof))
                try proof.check(
                    leaf: digest(known.leafHash), index: known.leafIdx, size: known.treeSize, root: digest(known.root))
                accepted = true
            } catch { accepted = false }
            #expect(accepted == !known.wantErr, "\(known.name)")
        }
    }

    @Test func `consistency proofs are accepted and refused as published`() throws {
        let cases: [Consistency] = try decode("rfc6962-consistency.json")
        #expect(cases.count == 98)
        for known in cases {
            let accepted: Bool
            do {
                let proof = ConsistencyProof(hashes: try digests(known.proof))
                // In this one case the refusal is that the later root has 12 bytes; see `standIn`.
                if known.name == "additional/size1-is-zero-and-size2-is-not-zero" { _ = try digest(known.root2) }
                try proof.check(
                    from: known.size1, fromRoot: standIn(known.root1), to: known.size2, toRoot: standIn(known.root2))
                accepted = true
            } catch { accepted = false }
            #expect(accepted == !known.wantErr, "\(known.name)")
        }
    }

    private struct NotADigest: Error {}

    private func decode<Case: Decodable>(_ name: String) throws -> [Case] {
        try JSONDecoder().decode([Case].self, from: Data(contentsOf: vectors.appendingPathComponent(name)))
    }

    private func digest(_ text: String?) throws -> Digest {
        guard let bytes = Base64.decode(Array((text ?? "").utf8), .standard), let digest = Digest(bytes) else {
            throw NotADigest()
        }
        return digest
    }

    private func digests(_ texts: [String]?) throws -> [Digest] { try (texts ?? []).map(digest) }

    /// Some roots are words instead of hashes, which our types cannot hold: the digest of the word stands in, so that
    /// what is equal stays equal.
    private func standIn(_ text: String?) -> Digest { (try? digest(text)) ?? SHA256.digest(of: text ?? "") }
}

/// The folder of published vectors, which lies beside the project and is not part of it.
private let vectors = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared/vectors")
