import Because
import Foundation
import Synchronization
import Testing

/// What a command answered.
struct Answer: Sendable {
    let status: Int32
    let bytes: [UInt8]
    let errors: String

    var output: String { String(decoding: bytes, as: UTF8.self) }
    var lines: [String] { output.split(separator: "\n").map(String.init) }
    var errorLines: [String] { errors.split(separator: "\n").map(String.init) }
    /// Every line of the output as JSON.
    var values: [JSON] { get throws { try lines.map { try JSON(parsing: Array($0.utf8)) } } }
    /// The one line of the output as JSON.
    var value: JSON {
        get throws {
            let values = try values
            return try #require(values.count == 1 ? values[0] : nil, "\(output)\(errors)")
        }
    }
}

/// The command that was built beside these tests.
enum Because {
    static let program: String = {
        let tests = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        let running = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? tests.path
        return URL(filePath: running).deletingLastPathComponent().appending(path: "because").path
    }()

    /// Starts the command with pipes at its ends.
    static func start(
        _ arguments: [String], environment: [String: String] = [:], terminal: Terminal? = nil
    ) throws -> Child { try Child(program, arguments, environment: environment, terminal: terminal) }

    /// Runs the command to its end with `input` in a pipe.
    static func run(
        _ arguments: [String], input: some Collection<UInt8> = [], environment: [String: String] = [:],
        terminal: Terminal? = nil
    ) throws -> Answer {
        let child = try start(arguments, environment: environment, terminal: terminal)
        let writing = child.feed(input, thenCloses: true)
        let bytes = child.readToEnd()
        writing.wait()
        let status = child.wait()
        return Answer(status: status, bytes: bytes, errors: child.errorText)
    }
}

/// A folder of its own for one test, removed when the test lets go of it.
final class Scratch: Sendable {
    let path: String

    init(under parent: String = FileManager.default.temporaryDirectory.path) throws {
        path = parent + "/because-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    private static let untilExit = Mutex<[Scratch]>([])

    /// A folder for what many tests copy, removed when the run ends.
    static func forTheRun() throws -> Scratch {
        let scratch = try Scratch()
        untilExit.withLock { kept in
            if kept.isEmpty { atexit { Scratch.untilExit.withLock { $0 = [] } } }
            kept.append(scratch)
        }
        return scratch
    }

    func write(_ bytes: some Sequence<UInt8>, to name: String) throws -> String {
        try Data(bytes).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
        return "\(path)/\(name)"
    }

    func write(_ text: String, to name: String) throws -> String { try write(text.utf8, to: name) }
}

/// Every file of a ledger's folder with its bytes, but for what SQLite keeps beside a database that is read: the index of the
/// WAL, and a WAL without frames.
func contents(of folder: String) throws -> [String: Data] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0 != "log.sqlite-shm" }
    let files = try names.map { ($0, try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\($0)"))) }
    return Dictionary(uniqueKeysWithValues: files.filter { $0 != "log.sqlite-wal" || !$1.isEmpty })
}

/// Runs another program and returns its exit status, or `nil` when it cannot be run.
@discardableResult
func run(_ program: String, _ arguments: String...) -> Int32? {
    guard let child = try? Child(program, arguments) else { return nil }
    child.closeInput()
    _ = child.readToEnd()
    return child.wait()
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
