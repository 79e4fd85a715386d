import Foundation
import Specifications
import Testing

/// Released texts of the OpenAI Model Spec, which lie beside the project and are not part of it.
enum ReleasedTexts {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared/data/model-spec")

    static let areThere = FileManager.default.fileExists(atPath: folder.path)

    static let absence: Comment = "the released texts of the Model Spec are not in ../shared/data/model-spec"

    static let versions = ["2025-04-11", "2025-10-27", "2025-12-18", "2025-12-18r2"]

    static func bytes(_ version: String) throws -> [UInt8] {
        Array(try Data(contentsOf: folder.appending(path: "\(version).md")))
    }

    static func read(_ version: String) throws -> Specification {
        try Specification(
            parsing: bytes(version), format: .modelSpec, id: "openai/model-spec", version: version)
    }
}

/// Reads `text` as a document called `acme/rules`.
func parse(
    _ text: String, _ format: Format = .modelSpec, version: String = "1"
) throws(SpecificationError) -> Specification {
    try Specification(parsing: Array(text.utf8), format: format, id: "acme/rules", version: version)
}

/// Numbers that are the same in every run.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }
}
