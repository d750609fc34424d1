using BenchmarkDotNet.Running;
using RemoteRendering.Sessions.Benchmarks;

switch (args)
{
    case ["figures"]:
        foreach (Figure figure in FigureCatalog.All)
        {
            Console.WriteLine($"{figure.Name,-24} {figure.Meaning}");
        }

        return 0;

    case ["figure", .. { Length: > 0 } names]:
        return await FigureRunner.RunAsync(names);

    case ["parts", var name]:
        return await OneTierProcess.RunAsync(name);

    case ["serve"]:
        return await ServerProcess.ServeAsync();

    default:
        BenchmarkSwitcher.FromAssembly(typeof(FigureCatalog).Assembly).Run(args);
        return 0;
}
