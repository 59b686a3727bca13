/// A number for each signal that was measured, in place: a search makes a hundred of these.
package struct SignalValues: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    private var numbers = SIMD8<Double>()
    /// One bit a signal.
    private var known: UInt8 = 0

    package init(dictionaryLiteral elements: (Signal, Double)...) {
        for (signal, value) in elements { self[signal] = value }
    }

    /// The numbers of the signals that were measured.
    package var values: [Double] { Signal.allCases.compactMap { self[$0] } }

    package subscript(signal: Signal) -> Double? {
        get { known & signal.bit == 0 ? nil : numbers[signal.place] }
        set {
            // What is not known is zero, so that equal values are equal.
            numbers[signal.place] = newValue ?? 0
            if newValue == nil { known &= ~signal.bit } else { known |= signal.bit }
        }
    }
}

extension Signal {
    fileprivate var place: Int {
        switch self {
        case .dense: 0
        case .lexical: 1
        case .queryCoverage: 2
        case .textCoverage: 3
        case .nameCoverage: 4
        case .kinship: 5
        case .crossEncoder: 6
        case .languageModel: 7
        }
    }

    fileprivate var bit: UInt8 { 1 << UInt8(place) }
}
