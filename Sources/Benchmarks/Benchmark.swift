import Because
import Figures
import Foundation
import Glibc

/// Measures the ledger against raw SQLite on the same bytes, in one run and in turn.
public struct Benchmark: Sendable {
    /// The entries of the large ledger that is read; what is recorded is a fraction of it.
    public var size = 50_000
    /// How often each is measured.
    public var rounds = 5
    public var subjects: Set<Subject> = Set(Subject.allCases)
    /// The program that runs as a process of its own where that is what is measured.
    let program: ChildProcess
    /// A folder that nobody else uses, and that is removed at the end.
    let folder: String

    /// Decisions that are recorded at most to measure a rate: more would only take longer.
    static let recordingLimit = 100_000

    /// Measures in a new folder in `parent`; `program` is the path of this command.
    public init(in parent: String, program: String) throws(BenchmarkError) {
        self.program = ChildProcess(program: program)
        // `mkdtemp` writes the letters of a name that is free over the six X.
        var template = Array("\(parent)/because-bench-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw .folder(path: parent, detail: String(cString: strerror(errno)))
        }
        folder = template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
    }

    /// Measures the subjects; `progress` names what is measured next.
    public func run(progress: (String) -> Void) async throws -> BenchmarkReport {
        precondition(size >= 100 && rounds > 0, "sizes are checked by the command")
        var report = BenchmarkReport(machine: Machine(folder: folder), size: size, rounds: rounds)
        if subjects.contains(where: \.readsLargeLedger) {
            progress("making a ledger of \(Figure.count(size)) decisions")
            try await makeLargeLedger()
        }
        for subject in Subject.allCases where subjects.contains(subject) {
            progress(subject.title)
            for row in try await rows(of: subject) { report.add(row) }
        }
        return report
    }

    /// Removes the folder with everything that was measured.
    public func remove() { try? FileManager.default.removeItem(atPath: folder) }

    /// The one that is read.
    var largeLedger: String { folder + "/large" }

    private func makeLargeLedger() async throws {
        let ledger = try await Workload.ledger(largeLedger)
        _ = try await Workload.record(size, in: ledger, batch: 1000)
        await ledger.close()
    }

    private func rows(of subject: Subject) async throws -> [Row] {
        switch subject {
        case .disk: [try disk()]
        case .recordOne: [try await recordingOne()]
        case .record100: [try await recording100()]
        case .record1000: [try await recording1000()]
        case .callers: [try await callers()]
        case .ndjson: [try await ndjson()]
        case .bytes: [try bytes()]
        case .verify: [try await verifying()]
        case .index: [try indexing()]
        case .proof: try proofs(of: largeLedger)
        case .consistency: try consistencyProofs()
        case .why: try why()
        case .open: try opening()
        case .memory: try memory()
        }
    }
}
