namespace RemoteRendering.Sessions.Scene;

/// <summary>Represents the performance of the host. Values that it cannot measure are <see langword="null"/>.</summary>
public class PerformanceAssessment
{
    /// <summary>Creates an assessment.</summary>
    /// <param name="networkLatency">The round-trip time of the query.</param>
    /// <param name="timeCpu">The CPU time for a picture, in milliseconds.</param>
    /// <param name="timeGpu">The GPU time for a picture, in milliseconds.</param>
    /// <param name="utilizationCpu">The utilization of the CPUs of the machine, in percent.</param>
    /// <param name="utilizationGpu">The utilization of the GPU, in percent.</param>
    /// <param name="memoryCpu">The used main memory, in percent.</param>
    /// <param name="memoryGpu">The used GPU memory, in percent.</param>
    /// <param name="polygonsRendered">The number of triangles of the last picture.</param>
    public PerformanceAssessment(
        TimeSpan networkLatency, double? timeCpu = null, double? timeGpu = null, double? utilizationCpu = null,
        double? utilizationGpu = null, double? memoryCpu = null, double? memoryGpu = null, double? polygonsRendered = null)
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

    /// <summary>Gets the round-trip time of the query to the host, as this device measured it.</summary>
    public TimeSpan NetworkLatency { get; }

    /// <summary>Gets the CPU time for a picture, in milliseconds.</summary>
    public double? TimeCpu { get; }

    /// <summary>Gets the GPU time for a picture, in milliseconds.</summary>
    public double? TimeGpu { get; }

    /// <summary>Gets the utilization of the CPUs of the machine, in percent.</summary>
    public double? UtilizationCpu { get; }

    /// <summary>Gets the utilization of the GPU, in percent.</summary>
    public double? UtilizationGpu { get; }

    /// <summary>Gets the used main memory, in percent.</summary>
    public double? MemoryCpu { get; }

    /// <summary>Gets the used GPU memory, in percent.</summary>
    public double? MemoryGpu { get; }

    /// <summary>Gets the number of triangles of the last picture.</summary>
    public double? PolygonsRendered { get; }
}
