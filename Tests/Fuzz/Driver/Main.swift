import Glibc

// What libFuzzer offers to a program that has a `main` of its own: SwiftPM renames the entry point, so that libFuzzer's
// cannot be used.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<Int32>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
    _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32

private let target: FuzzTarget = {
    let name = getenv("ASSISTD_FUZZ_TARGET").map { String(cString: $0) } ?? ""
    guard let target = FuzzTarget.all.first(where: { $0.name == name }) else {
        say("ASSISTD_FUZZ_TARGET: \(FuzzTarget.all.map(\.name).joined(separator: " "))")
        exit(64)
    }
    return target
}()

/// The entry point, under the name SwiftPM gives it.
@_cdecl("fuzz_main")
public func fuzzMain(_ count: Int32, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> Int32 {
    var count = count
    var arguments = arguments
    guard !target.name.isEmpty else { return 64 }
    return runDriver(&count, &arguments, testOneInput)
}

/// libFuzzer's own `main`, which is linked and never run, wants this name.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
    do {
        try target.run(Array(UnsafeBufferPointer(start: bytes, count: size)))
    } catch {
        say("PROMISE BROKEN: \(error)")
        abort()
    }
    return 0
}

private func say(_ words: String) {
    let line = Array((words + "\n").utf8)
    _ = write(2, line, line.count)
}
