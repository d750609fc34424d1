namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>The result of a <see cref="Contest"/>.</summary>
internal sealed class ContestResult(IReadOnlyList<(string Name, IReadOnlyList<Cost> Costs)> entrants)
{
    /// <summary>The median cost of an operation.</summary>
    public Cost this[string name]
    {
        get
        {
            IReadOnlyList<Cost> costs = Find(name);
            return new Cost(
                Statistics.Median(costs.Select(static cost => cost.Nanoseconds)),
                Statistics.Median(costs.Select(static cost => cost.Bytes)));
        }
    }

    /// <summary>The median over the rounds of how much longer an operation took than another.</summary>
    public double TimeRatio(string name, string yardstick)
        => Statistics.Median(Find(name).Zip(Find(yardstick), static (cost, against) => cost.Nanoseconds / against.Nanoseconds));

    public double BytesRatio(string name, string yardstick) => this[name].Bytes / this[yardstick].Bytes;

    public void Print()
    {
        string yardstick = entrants[0].Name;
        int width = entrants.Max(static entrant => entrant.Name.Length);
        foreach ((string name, _) in entrants)
        {
            Console.WriteLine(FormattableString.Invariant(
                $"  {name.PadRight(width)} {this[name]}   {TimeRatio(name, yardstick):0.00}x time  {BytesRatio(name, yardstick):0.00}x bytes"));
        }

        Console.WriteLine($"  medians of {entrants[0].Costs.Count} rounds");
    }

    private IReadOnlyList<Cost> Find(string name) => entrants.First(entrant => entrant.Name == name).Costs;
}
