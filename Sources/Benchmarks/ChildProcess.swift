import Glibc

/// This program again, as a process of its own: what somebody at a shell waits for.
struct ChildProcess {
    let program: String

    /// Runs the program to its end and returns what it wrote to standard output, or to `output` where that is named.
    @discardableResult
    func run(_ arguments: [String], output path: String? = nil) throws -> String {
        var ends: [Int32] = [-1, -1]
        if path == nil, pipe(&ends) != 0 { throw failure(errno) }
        defer { if ends[0] >= 0 { close(ends[0]) } }
        for end in ends where end >= 0 { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let pid: pid_t
        do {
            defer { if ends[1] >= 0 { close(ends[1]) } }
            pid = try spawn(arguments, output: ends[1], path)
        }
        let text = ends[0] >= 0 ? readAll(ends[0]) : ""
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        guard status == 0 else {
            throw BenchmarkError.program(path: program, detail: "\(arguments.joined(separator: " ")): status \(status)")
        }
        return text
    }

    private func spawn(_ arguments: [String], output: Int32, _ path: String?) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        if let path {
            posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        } else {
            posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        }
        var words = ([program] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var pid: pid_t = 0
        let code = posix_spawn(&pid, program, &actions, nil, &words, environ)
        guard code == 0 else { throw failure(code) }
        return pid
    }

    private func readAll(_ file: Int32) -> String {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(file, &buffer, buffer.count)
            if count > 0 { bytes += buffer.prefix(count) } else if count == 0 || errno != EINTR { break }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func failure(_ code: Int32) -> BenchmarkError {
        .program(path: program, detail: String(cString: strerror(code)))
    }
}
