import Commands
import Glibc

@main
struct Program {
    static func main() async {
        exit(await Assistctl.run(arguments: Array(CommandLine.arguments.dropFirst()), in: .ofThisProcess()))
    }
}
