import Mustache
import Platform

/// What a template makes of drafts that have the same fields: always the same text between their values.
///
/// mustache is asked for it once, with marks in the place of the values, and each mail then takes a sixth of the work.
final class TemplateShapes: Sendable {
    /// Which fields there are, and how long the lists are.
    private struct Shape: Hashable {
        var present: [Bool]
        var lists: [Int]
    }

    /// Text and the number of the value that follows it; none after the last.
    private typealias Piece = (text: String, value: Int?)

    private let template: MustacheTemplate
    private let shapes = Locked<[Shape: [Piece]]>([:])
    /// How many are kept: whoever writes reports decides what shapes there are.
    private static let mostShapes = 64
    /// The most elements all lists of one that is kept may have.
    private static let mostElements = 64
    /// Opens and closes a mark. For private use, and never in a template whose shapes are kept.
    private static let opening: Unicode.Scalar = "\u{F0000}"
    private static let closing: Unicode.Scalar = "\u{F0001}"

    init(_ template: MustacheTemplate) {
        self.template = template
    }

    /// Whether marks can stand for values in a template, as far as its text decides: it must not escape them.
    static func canMark(_ text: String) -> Bool {
        !text.unicodeScalars.contains(opening) && !text.contains("{{%")
    }

    /// The text for a draft; the same as mustache's own.
    func render(_ fields: TemplateFields) -> String {
        let shape = Shape(
            present: fields.values.map { $0 != nil },
            lists: [fields.others.count, fields.attachments.count, fields.remarks.count])
        guard shape.lists.reduce(0, +) <= Self.mostElements else { return template.render(fields) }
        return join(pieces(of: shape, fields), fields.inOrder)
    }

    private func pieces(of shape: Shape, _ fields: TemplateFields) -> [Piece] {
        if let known = shapes.withLock({ $0[shape] }) { return known }
        let pieces = Self.pieces(of: template.render(fields.replaced { "\(Self.opening)\($0)\(Self.closing)" }))
        shapes.withLock { shapes in
            if shapes.count >= Self.mostShapes { shapes.removeAll() }
            shapes[shape] = pieces
        }
        return pieces
    }

    private static func pieces(of text: String) -> [Piece] {
        var result: [Piece] = []
        var rest = text.unicodeScalars[...]
        while let start = rest.firstIndex(of: opening), let end = rest[start...].firstIndex(of: closing) {
            result.append((String(rest[..<start]), Int(String(rest[rest.index(after: start)..<end]))))
            rest = rest[rest.index(after: end)...]
        }
        result.append((String(rest), nil))
        return result
    }

    private func join(_ pieces: [Piece], _ values: [String]) -> String {
        var result = ""
        result.reserveCapacity(
            pieces.reduce(0) { $0 + $1.text.utf8.count + ($1.value.map { values[$0].utf8.count } ?? 0) })
        for piece in pieces {
            result += piece.text
            if let value = piece.value { result += values[value] }
        }
        return result
    }
}
