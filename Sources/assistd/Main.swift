import Daemon

@main
enum Main {
    static func main() async {
        await AssistdCommand.start()
    }
}
