import ArgumentParser
import Glibc

/// A server needs far more code than a ledger, so it is a program of its own: this one only starts it.
struct WitnessServe: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Be a witness of other logs: starts because-server witness serve.",
        discussion:
            "All options are those of because-server witness serve; because-server witness init DIR NAME makes one.")

    private static let program = "because-server"

    @Argument(parsing: .captureForPassthrough, help: "The options of because-server witness serve.")
    var arguments: [String] = []

    func run() throws {
        let candidates = ["\(Self.ownFolder)/\(Self.program)"] + Self.searchPath.map { "\($0)/\(Self.program)" }
        guard let path = candidates.first(where: { access($0, X_OK) == 0 }) else {
            throw Problem(
                "\(Self.program) is neither beside because nor on the PATH",
                hint:
                    "build it with swift build -c release --package-path server --product \(Self.program), which takes many minutes once, and put it beside because"
            )
        }
        var pointers = ([path, "witness", "serve"] + arguments).map { strdup($0) } + [nil]
        execv(path, &pointers)
        throw Problem("\(path) cannot be started: \(String(cString: strerror(errno)))")
    }

    private static var ownFolder: String {
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        let path = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
        return path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    }

    private static var searchPath: [String] {
        (getenv("PATH").map { String(cString: $0) } ?? "").split(separator: ":").map(String.init)
    }
}
