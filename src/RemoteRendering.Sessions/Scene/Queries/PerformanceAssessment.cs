namespace RemoteRendering.Sessions.Scene;

/// <summary>How the host is doing. What it cannot measure is <see langword="null"/>.</summary>
public class PerformanceAssessment
{
    /// <summary>Creates an assessment.</summary>
    /// <param name="networkLatency">How long the question took.</param>
    /// <param name="timeCpu">How long the processor takes for a picture, in milliseconds.</param>
    /// <param name="timeGpu">How long the graphics processor takes for a picture, in milliseconds.</param>
    /// <param name="utilizationCpu">How busy the processors of the machine are, in percent.</param>
    /// <param name="utilizationGpu">How busy the graphics processor is, in percent.</param>
    /// <param name="memoryCpu">How much of the main memory is used, in percent.</param>
    /// <param name="memoryGpu">How much of the graphics memory is used, in percent.</param>
    /// <param name="polygonsRendered">How many triangles the last picture had.</param>
    public PerformanceAssessment(
        TimeSpan networkLatency, double? timeCpu = null, double? timeGpu = null, double? utilizationCpu = null, double? utilizationGpu = null, double? memoryCpu = null, double? memoryGpu = null, double? polygonsRendered = null)
    {
        NetworkLatency = networkLatency;
        TimeCpu = timeCpu;
        TimeGpu = timeGpu;
        UtilizationCpu = utilizationCpu;
        UtilizationGpu = utilizationGpu;
        MemoryCpu = memoryCpu;
        MemoryGpu = memoryGpu;
        PolygonsRendered = polygonsRendered;
    }

    /// <summary>Gets how long the question took to the host and back, as this device measured it.</summary>
    public TimeSpan NetworkLatency { get; }

    /// <summary>Gets how long the processor takes for a picture, in milliseconds.</summary>
    public double? TimeCpu { get; }

    /// <summary>Gets how long the graphics processor takes for a picture, in milliseconds.</summary>
    public double? TimeGpu { get; }

    /// <summary>Gets how busy the processors of the machine are, in percent.</summary>
    public double? UtilizationCpu { get; }

    /// <summary>Gets how busy the graphics processor is, in percent.</summary>
    public double? UtilizationGpu { get; }

    /// <summary>Gets how much of the main memory is used, in percent.</summary>
    public double? MemoryCpu { get; }

    /// <summary>Gets how much of the graphics memory is used, in percent.</summary>
    public double? MemoryGpu { get; }

    /// <summary>Gets how many triangles the last picture had.</summary>
    public double? PolygonsRendered { get; }
}
