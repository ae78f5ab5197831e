internal import CPango

/// Part of a paragraph, set in lines.
final class SetText {
    fileprivate let layout: OpaquePointer

    /// What Pango is to do with text that is wider than the page.
    enum Fitting {
        case wrap
        /// At most so many lines; what is left out shows as an ellipsis.
        case shorten(lines: Int)
        case shortenInTheMiddle
    }

    /// - Parameters:
    ///   - width: points; nil for as wide as the text is.
    ///   - isRightToLeft: nil to go by the first letter that has a direction.
    init(
        _ text: ArraySlice<UInt8>, style: TextStyle, width: Double?, isRightToLeft: Bool? = nil,
        fitting: Fitting = .wrap, context: OpaquePointer
    ) {
        let isTurned = isRightToLeft ?? false
        pango_context_set_base_dir(context, isTurned ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR)
        layout = pango_layout_new(context)
        let font = pango_font_description_new()
        pango_font_description_set_family(font, FontChoice.family)
        pango_font_description_set_size(font, Int32(style.size * Double(PANGO_SCALE)))
        if style.isBold { pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD) }
        pango_layout_set_font_description(layout, font)
        pango_font_description_free(font)
        // A hyphen that is not in the text would spoil a path, a number or a key.
        let attributes = pango_attr_list_new()
        pango_attr_list_insert(attributes, pango_attr_insert_hyphens_new(0))
        // Letters drawn as one run into each other at 98 dots an inch; those that Arabic needs stay (rlig).
        pango_attr_list_insert(attributes, pango_attr_font_features_new("liga=0, dlig=0"))
        pango_layout_set_attributes(layout, attributes)
        pango_attr_list_unref(attributes)
        pango_layout_set_auto_dir(layout, isRightToLeft == nil ? 1 : 0)
        // Where Pango finds the direction out, it turns the alignment round itself.
        pango_layout_set_alignment(layout, isTurned ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT)
        pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR)
        if let width { pango_layout_set_width(layout, Int32(width * Double(PANGO_SCALE))) }
        switch fitting {
        case .wrap: break
        case .shorten(let lines):
            pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END)
            pango_layout_set_height(layout, Int32(-lines))
        case .shortenInTheMiddle: pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_MIDDLE)
        }
        text.withUnsafeBytes { buffer in
            buffer.withMemoryRebound(to: CChar.self) { pango_layout_set_text(layout, $0.baseAddress, Int32($0.count)) }
        }
    }

    deinit { g_object_unref(UnsafeMutableRawPointer(layout)) }

    /// Whether its first line runs from right to left.
    var isRightToLeft: Bool {
        guard let line = pango_layout_get_line_readonly(layout, 0) else { return false }
        return pango_layout_line_get_resolved_direction(line) == PANGO_DIRECTION_RTL
    }

    /// The lines, from first to last.
    var lines: [SetLine] {
        guard let walk = pango_layout_get_iter(layout) else { return [] }
        defer { pango_layout_iter_free(walk) }
        var lines: [SetLine] = []
        repeat {
            guard let line = pango_layout_iter_get_line_readonly(walk) else { break }
            var extents = PangoRectangle()
            pango_layout_iter_get_line_extents(walk, nil, &extents)
            lines.append(
                SetLine(
                    text: self, line: line, start: Int(line.pointee.start_index), x: points(extents.x),
                    ascent: points(pango_layout_iter_get_baseline(walk) - extents.y),
                    width: points(extents.width), height: points(extents.height)))
        } while pango_layout_iter_next_line(walk) != 0
        return lines
    }

    private func points(_ units: Int32) -> Double { Double(units) / Double(PANGO_SCALE) }
}

/// One line; its measures are in points.
struct SetLine {
    /// It owns the line.
    let text: SetText
    let line: UnsafeMutablePointer<PangoLayoutLine>
    /// Where the line begins in the text, in bytes.
    var start: Int
    /// From the left edge of the text.
    var x: Double
    /// From its top to the baseline.
    var ascent: Double
    var width: Double
    var height: Double
}
