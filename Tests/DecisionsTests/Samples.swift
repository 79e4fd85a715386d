import Cryptography
import Decisions
import JSON

/// Bytes that repeat from run to run and differ from draw to draw.
final class CountingRandomness: @unchecked Sendable {
    // Only ever used by the one test that made it.
    private var counter: UInt64 = 0

    var source: Randomness {
        Randomness { buffer in
            self.counter += 1
            let digest = SHA256.digest(of: "\(self.counter)").bytes
            for index in buffer.indices { buffer[index] = digest[index % 32] ^ UInt8(truncatingIfNeeded: index / 32) }
        }
    }
}

enum Samples {
    /// Every field that a submission can have.
    static let full = """
        {"id":"d-1","type":"decision","occurred":"2026-11-20T09:14:07Z","retention":"standard",
        "kind":"respond","outcome":"refuse",
        "summary":"Refused to send the customer file","principles":[{"ref":"a/b@1#x","role":"applied","timing":"with"}],
        "rationale":{"text":"The address is outside.","source":"model","timing":"with","method":"stated"},
        "alternatives":[{"label":"send it","status":"forbidden","by":["a/b#x","a/b@1#y"],"reason":"no authority"}],
        "alternatives_complete":false,
        "conflicts":[{"between":["message:user","a/b#x"],"rule":"higher_authority","winner":"a/b#x","note":"n"}],
        "confidence":{"value":0.870,"kind":"self_reported"},
        "inputs":[{"name":"request","role":"user","text":"Send it now","media":"text/plain","bytes":11,"trusted":true,
        "as_of":"2026-11-20T09:14:06.5+01:00"},{"digest":"sha256:\(String(repeating: "0a", count: 32))"}],
        "output":{"text":"I can't send that.","media":"text/plain","bytes":18},
        "model":{"provider":"example","requested":"m","served":"m-2026","fingerprint":"fp"},
        "prompt":{"name":"p","version":"3","digest":"sha256:\(String(repeating: "ab", count: 32))"},"tools":["mail","web"],
        "producer":{"id":"agent","version":"4.2.1","epoch":"e","seq":902},"session":"s","trace":"t","span":"u",
        "subject":"customer-77","role_of_ai":"sole","effective":true,"links":[{"rel":"caused_by","id":"d-0"}],
        "notes":"n","context":{"any":[1.50,{"x":null}]}}
        """

    static let least = #"{"outcome":"comply","none_cited":"nothing applied","rationale_absent":"not asked"}"#

    static func submission(_ text: String) throws -> Submission {
        try text.utf8.withContiguousStorageIfAvailable { try Submission(parsing: UnsafeRawBufferPointer($0)) }
            ?? Submission(checking: JSON(parsing: Array(text.utf8)))
    }

    /// Knows the sections x (root) and y (no authority) of a/b.
    static func resolve(_ ref: String) -> Resolution {
        switch ref {
        case "a/b@1#x", "a/b#x":
            .citation(Citation(document: SHA256.digest(of: "doc"), section: SHA256.digest(of: "x"), authority: "root"))
        case "a/b@1#y":
            .citation(Citation(document: SHA256.digest(of: "doc"), section: SHA256.digest(of: "y"), authority: nil))
        default: .unresolved(reason: "no section \(ref)")
        }
    }
}
