import Because
import Foundation

/// All vectors, made anew: the same bytes in every run.
struct Vectors {
    let ledgers: [LedgerVector]
    let bytes: [ByteVector]
    let evidence: [EvidenceVector]

    static func make() async throws -> Vectors {
        let scratch = try Scratch()
        let good = try await GoodLedgers(in: scratch)
        let ledgers = [good.good, good.keys, good.declared, good.erasures, good.tile] + (try BrokenLedgers.all(good))
        return Vectors(
            ledgers: ledgers, bytes: try ByteVectors.all(), evidence: try await EvidenceVectors.all(in: scratch))
    }

    /// The files of schema/vectors by their paths.
    var files: [String: [UInt8]] {
        var files: [String: [UInt8]] = ["index.json": index]
        for ledger in ledgers { files[ledger.file] = Array(ledger.text.utf8) }
        for vector in evidence { files.merge(vector.files) { first, _ in first } }
        return files
    }

    /// One vector a line.
    private var index: [UInt8] {
        let lines = (bytes.map(\.json) + ledgers.map(\.json) + evidence.map(\.json)).map { $0.string(.visible) }
        let text = "{\"format\":\"because-vectors/1\",\"vectors\":[\n" + lines.joined(separator: ",\n") + "\n]}\n"
        return Array(text.utf8)
    }

    /// What is committed, but for what people and programs wrote by hand.
    static func committed() throws -> [String: [UInt8]] {
        try readFiles(Project.vectors.path).filter { !["README.md", "check.py"].contains($0.key) }
    }

    /// Writes them in the place of what is committed.
    func write() throws {
        for path in try Self.committed().keys {
            try FileManager.default.removeItem(at: Project.vectors.appending(path: path))
        }
        for (path, bytes) in files {
            let place = Project.vectors.appending(path: path)
            try FileManager.default.createDirectory(
                at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(bytes).write(to: place)
        }
    }
}
