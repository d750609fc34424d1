using System.Diagnostics;
using RemoteRendering.Sessions.Host.Scene.Messages;
using RemoteRendering.Sessions.Host.Scene.Pictures;

namespace RemoteRendering.Sessions.Host.Scene.Queries;

/// <summary>Measures what the host costs: this process, which the host may share with others. Thread-safe.</summary>
internal sealed class PerformanceMeter
{
    private readonly object _gate = new();
    private readonly TimeProvider _time;
    private long _lastAsked;
    private TimeSpan _lastProcessorTime;

    public PerformanceMeter(TimeProvider time)
    {
        _time = time;
        _lastAsked = time.GetTimestamp();
        _lastProcessorTime = ProcessorTime();
    }

    /// <summary>
    /// Answers what can be told, with the cost of the last picture. Utilisation is since the last answer, and left out when no time has
    /// passed since.
    /// </summary>
    public HostAnswer Answer(PictureCost? last)
    {
        double? utilization = MeasureUtilization();
        GCMemoryInfo memory = GC.GetGCMemoryInfo();
        double memoryPercent = memory.TotalAvailableMemoryBytes > 0 ? 100.0 * Environment.WorkingSet / memory.TotalAvailableMemoryBytes : 0;
        return SceneJson.Answer(json =>
        {
            if (last is { } picture)
            {
                json.WriteNumber("timeCpu"u8, Math.Round(picture.Time.TotalMilliseconds, 3));
                json.WriteNumber("polygonsRendered"u8, picture.Triangles);
            }

            if (utilization is { } percent)
            {
                json.WriteNumber("utilizationCpu"u8, Math.Round(percent, 1));
            }

            json.WriteNumber("memoryCpu"u8, Math.Round(Math.Clamp(memoryPercent, 0, 100), 2));
        });
    }

    private double? MeasureUtilization()
    {
        lock (_gate)
        {
            TimeSpan elapsed = _time.GetElapsedTime(_lastAsked);
            TimeSpan used = ProcessorTime();
            if (elapsed <= TimeSpan.Zero)
            {
                return null;
            }

            double percent = 100 * (used - _lastProcessorTime) / elapsed / Environment.ProcessorCount;
            _lastAsked = _time.GetTimestamp();
            _lastProcessorTime = used;
            return Math.Clamp(percent, 0, 100);
        }
    }

    private static TimeSpan ProcessorTime()
    {
        using Process process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }
}
