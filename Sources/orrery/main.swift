StandardOutput.ignoreBrokenPipes()
exitProcess(Orrery.run(Array(CommandLine.arguments.dropFirst())))
