/// Why a measurement could not be made.
public enum BenchmarkError: Error, CustomStringConvertible {
    case folder(path: String, detail: String)
    case file(path: String, detail: String)
    case program(path: String, detail: String)
    case answer(detail: String)

    public var description: String {
        switch self {
        case .folder(let path, let detail): "no folder for the measurements can be made in \(path): \(detail)"
        case .file(let path, let detail): "\(path): \(detail)"
        case .program(let path, let detail): "\(path) as a process of its own: \(detail)"
        case .answer(let detail): "what was measured gave a wrong answer: \(detail)"
        }
    }
}
