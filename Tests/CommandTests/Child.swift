import Foundation
import Synchronization

/// A program that runs with pipes at its standard input and output, and a file for its standard error.
///
/// Descriptors are closed on exec, so that a child never holds the end of another child's pipe. What marks them so is done
/// under the lock under which children are started.
final class Child {
    private static let starting = Mutex(())

    let pid: pid_t
    private var input: Int32
    private let output: Int32
    private let errors: Int32
    private var buffer: [UInt8] = []
    private var waitStatus: Int32?

    /// `terminal` takes the place of the pipe at standard output.
    init(
        _ program: String, _ arguments: [String], environment: [String: String] = [:], terminal: Terminal? = nil
    ) throws {
        // A child that is gone must be seen as an error of write(2). In children the signal is set back to its default.
        signal(SIGPIPE, SIG_IGN)
        (pid, input, output, errors) = try Self.starting.withLock { _ in
            let stdin = try Self.pipe()
            let stdout = try terminal.map { (read: $0.near, write: $0.far) } ?? Self.pipe()
            let errors = try Self.unnamedFile()
            let pid = try Self.spawn([program] + arguments, environment, [stdin.read, stdout.write, errors])
            close(stdin.read)
            close(stdout.write)
            return (pid, stdin.write, stdout.read, errors)
        }
    }

    deinit {
        kill()
        _ = wait()
        closeInput()
        for descriptor in [output, errors] { close(descriptor) }
    }

    /// The near end of the child's standard input, which another thread may write to.
    var inputEnd: InputEnd { InputEnd(descriptor: input) }

    /// Writes to the child's standard input; `false` when the child has closed it.
    @discardableResult
    func write(_ bytes: some Sequence<UInt8>) -> Bool { inputEnd.write(bytes) }

    @discardableResult
    func write(line: String) -> Bool { write(Array("\(line)\n".utf8)) }

    func closeInput() {
        if input >= 0 { inputEnd.close() }
        input = -1
    }

    /// Writes `bytes` from another thread, so that neither side waits for the other to empty a pipe.
    func feed(_ bytes: some Sequence<UInt8>, thenCloses: Bool) -> DispatchGroup {
        let writing = DispatchGroup()
        let (end, bytes) = (inputEnd, Array(bytes))
        if thenCloses { input = -1 }
        DispatchQueue.global().async(group: writing) {
            end.write(bytes)
            if thenCloses { end.close() }
        }
        return writing
    }

    /// The next whole line of standard output; `nil` at its end.
    func readLine() -> String? {
        while true {
            if let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
                defer { buffer.removeFirst(end + 1) }
                return String(decoding: buffer[..<end], as: UTF8.self)
            }
            guard readMore() else { return nil }
        }
    }

    /// What is left of standard output, to its end.
    func readToEnd() -> [UInt8] {
        while readMore() {}
        defer { buffer = [] }
        return buffer
    }

    private func readMore() -> Bool {
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(output, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            // A pseudo-terminal whose far end was closed answers with an error instead of an end.
            guard count > 0 else { return false }
            buffer += chunk[..<count]
            return true
        }
    }

    /// What the child has written to standard error up to now.
    var errorText: String {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = pread(errors, &chunk, chunk.count, off_t(bytes.count))
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += chunk[..<count]
        }
    }

    func kill() { if waitStatus == nil { Foundation.kill(pid, SIGKILL) } }

    /// Whether it has ended; it can still be waited for.
    var hasEnded: Bool {
        var info = siginfo_t()
        return waitid(P_PID, id_t(pid), &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info._sifields._sigchld.si_pid != 0
    }

    /// Waits for the end: the exit status, or the negated number of the signal that ended it.
    func wait() -> Int32 {
        var status: Int32 = 0
        if let waitStatus { return waitStatus }
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        let result = status & 0x7F == 0 ? status >> 8 & 0xFF : -(status & 0x7F)
        waitStatus = result
        return result
    }

    /// The most memory that the running child has held at once, in bytes.
    var peakMemory: Int? {
        let status = try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
        let line = status?.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }.map { $0 * 1024 }
    }
}

extension Child {
    private static func pipe() throws -> (read: Int32, write: Int32) {
        var ends: [Int32] = [0, 0]
        guard Foundation.pipe(&ends) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }

    private static func unnamedFile() throws -> Int32 {
        let path = FileManager.default.temporaryDirectory.path + "/because-" + UUID().uuidString
        let file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        unlink(path)
        return file
    }

    private static func spawn(
        _ command: [String], _ environment: [String: String], _ descriptors: [Int32]
    ) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (number, descriptor) in descriptors.enumerated() {
            posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))

        let inherited = ProcessInfo.processInfo.environment.filter { $0.key != "BECAUSE_LEDGER" && $0.key != "COLUMNS" }
        let variables = inherited.merging(environment) { $1 }.map { "\($0)=\($1)" }
        var pid: pid_t = 0
        let code = withStrings(command) { arguments in
            withStrings(variables) { posix_spawn(&pid, command[0], &actions, &attributes, arguments, $0) }
        }
        guard code == 0 else { throw POSIXError(.init(rawValue: code) ?? .EIO) }
        return pid
    }

    /// Calls `body` with a list of C strings that ends with a null pointer.
    private static func withStrings<Result>(
        _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        let pointers = strings.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        return pointers.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { preconditionFailure("a list with a null pointer is not empty") }
            return body(start)
        }
    }
}

/// Where the standard input of a child is written to.
struct InputEnd: Sendable {
    let descriptor: Int32

    /// Writes everything; `false` when the child has closed its end.
    @discardableResult
    func write(_ bytes: some Sequence<UInt8>) -> Bool {
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    func close() { Foundation.close(descriptor) }
}

/// A pseudo-terminal: what the child writes to the far end is read at the near one.
struct Terminal {
    let near: Int32
    let far: Int32

    init() throws {
        // posix_openpt and its companions are macros or hidden in the headers that Swift reads; this is what they do.
        let unlock: UInt = 0x4004_5431
        let numberOf: UInt = 0x8004_5430
        var number: Int32 = 0
        near = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard near >= 0, ioctl(near, unlock, &number) == 0, ioctl(near, numberOf, &number) == 0 else {
            throw POSIXError(.ENOTTY)
        }
        far = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard far >= 0 else { throw POSIXError(.ENOTTY) }
    }
}
