namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>Measures the figures that were named, each with its line last.</summary>
internal static class FigureRunner
{
    public static async Task<int> RunAsync(string[] names)
    {
        IReadOnlyList<Figure>? figures = names is ["all"] ? FigureCatalog.All : Find(names);
        if (figures is null)
        {
            return 2;
        }

        List<string> lines = [];
        foreach (Figure figure in figures)
        {
            Console.WriteLine($"# {figure.Name}: {figure.Meaning}");
            IReadOnlyList<FigurePart> parts = await figure.MeasureAsync();
            string line = $"figure {figure.Name}: {string.Join(", ", parts)}";
            lines.Add(line);
            Console.WriteLine(line);
        }

        if (lines.Count > 1)
        {
            Console.WriteLine();
            lines.ForEach(Console.WriteLine);
        }

        return 0;
    }

    private static List<Figure>? Find(string[] names)
    {
        List<Figure> found = [];
        foreach (string name in names)
        {
            Figure? figure = FigureCatalog.All.FirstOrDefault(figure => figure.Name == name);
            if (figure is null)
            {
                Console.Error.WriteLine(
                    $"There is no figure '{name}'. The figures are: {string.Join(", ", FigureCatalog.All.Select(figure => figure.Name))}, "
                        + "or all.");
                return null;
            }

            found.Add(figure);
        }

        return found;
    }
}
