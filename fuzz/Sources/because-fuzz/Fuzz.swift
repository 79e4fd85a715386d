import Because
import Foundation

/// libFuzzer, which the toolchain links in: changes inputs and keeps those that reach new code.
@_silgen_name("LLVMFuzzerRunDriver")
private func runFuzzer(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// One executable for all entries: `FUZZ_ENTRY` names the one that runs, the arguments are those of libFuzzer.
///
/// `because-fuzz --list` prints the name, longest input and dictionary of each; `--seeds FOLDER [SHARED PROJECT]` and `--large
/// FOLDER` write inputs to begin with.
@main
enum Fuzz {
    private static let entry = FuzzEntry.named(ProcessInfo.processInfo.environment["FUZZ_ENTRY"] ?? "")

    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        switch arguments.first {
        case "--list":
            for entry in FuzzEntry.all { print(entry.name, entry.maximumByteCount, entry.dictionary) }
        case "--seeds":
            let folders = arguments.dropFirst(2).map { URL(filePath: $0) }
            let shared = Shared(folder: folders.first, project: folders.dropFirst().first)
            try write(chosen().seeds(shared), to: arguments.dropFirst().first)
        case "--large": try write(chosen().large(), to: arguments.dropFirst().first)
        default:
            _ = chosen()
            run()
        }
    }

    private static func run() {
        var count = CommandLine.argc
        var arguments = CommandLine.unsafeArgv
        _ = runFuzzer(&count, &arguments) { start, count in
            Fuzz.chosen().check(Array(UnsafeBufferPointer(start: start, count: count)))
            return 0
        }
    }

    private static func chosen() -> FuzzEntry {
        guard let entry else {
            fatalError("FUZZ_ENTRY must be one of \(FuzzEntry.all.map(\.name).joined(separator: ", "))")
        }
        return entry
    }

    /// Each input in a file that is named by its digest, so that writing again changes nothing.
    private static func write(_ inputs: [[UInt8]], to folder: String?) throws {
        guard let folder else { fatalError("name the folder to write to") }
        let url = URL(filePath: folder)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        for input in inputs {
            let name = String(SHA256.digest(of: input).hex.prefix(40))
            try Data(input).write(to: url.appending(path: name))
        }
        print("\(inputs.count) inputs for \(chosen().name) in \(folder)")
    }
}

/// A parser of bytes from outside, and what must hold whatever the bytes are.
struct FuzzEntry: Sendable {
    let name: String
    /// The longest input that is worth its time when inputs are made by chance.
    let maximumByteCount: Int
    /// The words of its language, a file in fuzz/Seeds.
    let dictionary: String
    /// Traps where a property does not hold.
    let check: @Sendable ([UInt8]) -> Void
    /// Inputs to begin with, from published vectors and real data where they are there.
    let seeds: @Sendable (Shared) -> [[UInt8]]
    /// Inputs of about a megabyte that could cost more than their length.
    let large: @Sendable () -> [[UInt8]]

    static let all: [FuzzEntry] = [
        .note, .cosignature, .proof, .proofFile, .earlier, .policy, .policyDocument, .request, .answer, .timestamp,
        .path,
        .bundle, .entry, .submission, .disclosure, .specification, .difference, .template, .text,
    ]

    static func named(_ name: String) -> FuzzEntry? { all.first { $0.name == name } }
}

/// A property that must hold; what is wrong is said before the trap.
func require(
    _ condition: Bool, _ property: @autoclosure () -> String = "what is said here", file: StaticString = #fileID,
    line: UInt = #line
) {
    guard condition else { fatalError("property does not hold: \(property())", file: file, line: line) }
}

/// Makes the message of an error: it must exist, be short whatever the input is, and be harmless once shown.
func read(_ error: any Error) {
    let text = String(describing: error)
    require(!text.isEmpty, "an error says something")
    require(text.utf8.count < 8192, "an error is short, however long the input is")
    requireVisible(VisibleText.line(text), keepsLines: false)
}

/// Nothing that moves a cursor, reorders text or is not seen.
func requireVisible(_ text: String, keepsLines: Bool) {
    for scalar in text.unicodeScalars {
        if keepsLines, scalar == "\n" { continue }
        let isControl = scalar.properties.generalCategory == .control
        let isSeparator = scalar.value == 0x2028 || scalar.value == 0x2029
        let isIgnorable = scalar.properties.isDefaultIgnorableCodePoint && !(0xFE00...0xFE0F ~= scalar.value)
        require(
            !isControl && !isSeparator && !isIgnorable && !scalar.properties.isBidiControl,
            "U+\(String(scalar.value, radix: 16)) is never shown")
    }
}

/// Bytes that look random and are the same in every run.
func repeatable() -> Randomness {
    final class State: @unchecked Sendable {
        // One thread runs the entries.
        var value: UInt64 = 1
    }
    let state = State()
    return Randomness { buffer in
        for index in buffer.indices {
            state.value = state.value &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            buffer[index] = UInt8(state.value >> 56)
        }
    }
}
