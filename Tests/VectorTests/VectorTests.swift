import Because
import Foundation
import Testing

/// The vectors of schema/vectors, read by this implementation and by tools/verify.py, which share no code.
struct VectorTests {
    /// What one implementation says of a ledger: what two of them must say alike.
    struct Said: Equatable {
        var status: Int
        var verdicts: [String: String]

        var broken: [String] { verdicts.filter { $0.value == "broken" }.keys.sorted() }
    }

    @Test func `the committed vectors are those that are made`() async throws {
        let vectors = try await Made.vectors.value
        if ProcessInfo.processInfo.environment["BECAUSE_WRITE_VECTORS"] != nil { try vectors.write() }
        let committed = try Vectors.committed()
        let made = vectors.files
        #expect(Set(committed.keys) == Set(made.keys))
        for (path, bytes) in made where committed[path] != bytes {
            Issue.record("\(path) is not the file that is made; BECAUSE_WRITE_VECTORS=1 writes it anew")
        }
    }

    @Test func `entries, disclosures, notes and proofs are taken and refused as the index says`() throws {
        for vector in try ByteVectors.all() {
            #expect(vector.accepts() == vector.isAccepted, "\(vector.name)")
        }
    }

    @Test func `each ledger that lies is named by its lie`() async throws {
        let all = try await Made.vectors.value.ledgers
        for vector in all {
            let (said, findings) = try #require(try await Made.said.value[vector.name])
            #expect(findings == vector.findings, "\(vector.name)")
            #expect(said.status == vector.status, "\(vector.name)")
            #expect(said.broken == vector.broken, "\(vector.name)")
        }
    }

    @Test func `proof files and published folders are judged as the index says`() async throws {
        for vector in try await Made.vectors.value.evidence {
            #expect(try vector.check().status == vector.status, "\(vector.name)")
        }
    }

    @Test(.enabled(if: Project.hasPython, "there is no Python 3.11"))
    func `the other implementation says the same of every vector`() async throws {
        let (status, output) = try Project.run("python3", Project.vectors.appending(path: "check.py").path, "--json")
        #expect(status == 0, "a vector is not as the index says; schema/vectors/check.py names it")
        let other = try JSON(parsing: Array(output))
        let vectors = try await Made.vectors.value
        for vector in vectors.bytes {
            #expect(other[vector.name]?["accepted"]?.bool == vector.accepts(), "\(vector.name)")
        }
        for vector in vectors.ledgers {
            let (said, _) = try #require(try await Made.said.value[vector.name])
            #expect(other[vector.name].flatMap(Said.init) == said, "\(vector.name)")
        }
        for vector in vectors.evidence {
            let (status, verdict) = try vector.check()
            let said = try #require(other[vector.name].flatMap(Said.init), "\(vector.name)")
            #expect(said.status == status, "\(vector.name)")
            if let verdict { #expect(said.verdicts == ["proof": verdict], "\(vector.name)") }
        }
    }
}

extension VectorTests.Said {
    /// What a report of this implementation says. The index is left out, which is no part of the format.
    init(_ report: VerificationReport) {
        status = Int(report.exitStatus)
        verdicts = [:]
        for aspect in Aspect.allCases where aspect != .index && aspect != .consistency {
            verdicts[aspect.rawValue] = report.verdict(aspect).rawValue
        }
    }

    init(folder: String) async throws { self.init(try await Verification(folder: folder).run()) }

    /// What the other implementation says.
    init?(_ json: JSON) {
        guard let status = json["exit_status"]?.integer, let members = json["verdicts"]?.object?.members
        else { return nil }
        self.status = Int(status)
        verdicts = [:]
        for member in members { verdicts[member.name] = member.value.text }
    }
}

extension VerificationReport {
    /// What was found, as vectors say it. Most of them have no `head`.
    var expectations: [LedgerVector.Expectation] {
        let found = findings.all.filter { $0.aspect != .index && $0.code != "head_absent" }.map { finding in
            finding.code + (finding.entry.map { "@\($0)" } ?? "") + (finding.severity == .notice ? "?" : "")
        }
        return Set(found).sorted()
    }
}
