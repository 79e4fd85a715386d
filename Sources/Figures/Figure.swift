/// How figures are written.
package enum Figure {
    /// A count, with a comma between groups of three digits.
    package static func count(_ number: Int) -> String {
        let digits = Array(String(number.magnitude))
        var text = number < 0 ? "-" : ""
        for (position, digit) in digits.enumerated() {
            if position > 0, (digits.count - position) % 3 == 0 { text += "," }
            text.append(digit)
        }
        return text
    }

    /// A figure for people: whole from 100, else with up to two decimals.
    package static func text(_ number: Double) -> String {
        guard abs(number) < 100 else { return count(Int(number.rounded())) }
        var text = decimal(number, places: 2)
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return text
    }

    /// A part of a whole in percent, such as `12.5 %`; never `0.0 %` or `100.0 %` for what only comes near.
    package static func percent(_ share: Double) -> String {
        let tenths = (share * 1000).rounded()
        if tenths == 0, share > 0 { return "< 0.1 %" }
        if tenths == 1000, share < 1 { return "> 99.9 %" }
        return decimal(share * 100, places: 1) + " %"
    }

    /// A figure as a JSON number with `places` decimals.
    package static func decimal(_ number: Double, places: Int) -> String {
        let scale = (0..<places).reduce(1) { scale, _ in scale * 10 }
        let scaled = Int((abs(number) * Double(scale)).rounded())
        let fraction = String(scaled % scale)
        let sign = number < 0 && scaled > 0 ? "-" : ""
        return "\(sign)\(scaled / scale)." + String(repeating: "0", count: places - fraction.count) + fraction
    }
}
