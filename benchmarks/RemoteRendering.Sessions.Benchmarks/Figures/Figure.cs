namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>One number that the project promises, measured together with what it is compared to.</summary>
internal abstract class Figure
{
    /// <summary>Gets the word on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>Gets the meaning of the number.</summary>
    public abstract string Meaning { get; }

    /// <summary>Measures; details go to the console as they come.</summary>
    /// <returns>The parts of the figure.</returns>
    public abstract Task<IReadOnlyList<FigurePart>> MeasureAsync();
}
