import Figures

/// Why a measurement could not be made.
public enum BenchmarkError: Error, CustomStringConvertible {
    case folder(path: String, detail: String)
    case file(path: String, detail: String)
    case program(path: String, detail: String)
    case answer(detail: String)
    case space(path: String, free: Int, wanted: Int, entries: Int)

    public var description: String {
        switch self {
        case .folder(let path, let detail): "no folder for the measurements can be made in \(path): \(detail)"
        case .file(let path, let detail): "\(path): \(detail)"
        case .program(let path, let detail): "\(path) as a process of its own: \(detail)"
        case .answer(let detail): "what was measured gave a wrong answer: \(detail)"
        case .space(let path, let free, let wanted, let entries):
            "a curve up to \(Figure.count(entries)) decisions takes \(Figure.text(Double(wanted) / 1e9)) GB, and the disk of "
                + "\(path) has \(Figure.text(Double(free) / 1e9)) GB: name a smaller --plot-size or another --folder"
        }
    }
}
