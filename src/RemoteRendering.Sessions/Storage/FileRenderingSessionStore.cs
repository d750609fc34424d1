using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using RemoteRendering.Sessions.Diagnostics;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Storage;

namespace RemoteRendering.Sessions;

/// <summary>
/// Keeps the last session in a file of its own: replaced in one piece, so that a crash leaves the old or the new, and readable by its user alone. A temporary file that a killed process has left is deleted by the next one.
/// </summary>
/// <remarks>
/// On Unix the file has mode 600 where the runtime can set it (.NET 8 and later). On Windows it has the rights of its folder: put it into the user's profile, for example below
/// <see cref="Environment.SpecialFolder.LocalApplicationData"/>. One process at a time should use a file; the last to save wins. Thread-safe.
/// </remarks>
public sealed partial class FileRenderingSessionStore : RenderingSessionStore, IDisposable
{
    private const int LargestRecord = 64 * 1024;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly ILogger _logger;
    private bool _isSwept;

    /// <summary>Creates a store; the file need not exist, nor its folder.</summary>
    /// <param name="path">The file.</param>
    /// <param name="logger">Told when a file cannot be read; <see langword="null"/> for nobody.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    public FileRenderingSessionStore(string path, ILogger? logger = null)
    {
        Guard.NotNullOrEmpty(path, nameof(path));
        Path = System.IO.Path.GetFullPath(path);
        _logger = logger is null ? NullLogger.Instance : new GuardedLogger(logger);
    }

    /// <summary>Gets the full path of the file.</summary>
    public string Path { get; }

    /// <summary>Reads the record. A file that is no record, and a path that leads to no file, count as none, with a warning in the log.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The record; <see langword="null"/> when there is none, or none that can be read.</returns>
    public override async Task<RenderingSessionRecord?> LoadAsync(CancellationToken cancellationToken = default)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            string file = FindFile();
            return File.Exists(file) ? RecordFormat.Read(Content(file)) : null;
        }
        catch (Exception exception) when (exception is FormatException or IOException or UnauthorizedAccessException)
        {
            LogUnreadable(_logger, Path, exception);
            return null;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Replaces the file, or the one at the end of its symbolic links.</summary>
    /// <param name="record">The record. Its key is a secret.</param>
    /// <param name="cancellationToken">Cancels the call; then the file is as it was.</param>
    /// <returns>A task that completes when the record is on the disk.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="record"/> is null.</exception>
    /// <exception cref="IOException">The file could not be written, and the old one is still there; or the path leads to a directory, a device or a pipe.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder may not be written.</exception>
    public override async Task SaveAsync(RenderingSessionRecord record, CancellationToken cancellationToken = default)
    {
        Guard.NotNull(record, nameof(record));
        byte[] content = RecordFormat.Write(record);
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            string file = FindFile();
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
            PrivateFile.Write(file, new TemporaryFiles(file).NewPath(), content, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Deletes the file, or the one at the end of its symbolic links.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A task that completes when there is no file.</returns>
    /// <exception cref="IOException">The file could not be deleted; or the path leads to a directory, a device or a pipe.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be deleted.</exception>
    public override async Task ClearAsync(CancellationToken cancellationToken = default)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            string file = FindFile();
            if (File.Exists(file))
            {
                File.Delete(file);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Has no effect: nothing is held between calls, and calls that are under way come to their end. The file stays.</summary>
    public void Dispose()
    {
    }

    /// <summary>Finds the file at the end of the path, and, the first time, deletes what killed processes have left beside it.</summary>
    private string FindFile()
    {
        if (FilePath.Find(Path) == FileKind.Other)
        {
            throw new IOException($"'{Path}' must be a file; it is a directory, a device or a pipe.");
        }

        string file = FilePath.Resolve(Path);
        if (!_isSwept)
        {
            _isSwept = true;
            new TemporaryFiles(file).Sweep();
        }

        return file;
    }

    private static byte[] Content(string file)
        => new FileInfo(file).Length <= LargestRecord ? File.ReadAllBytes(file) : throw new FormatException($"The file has more than {LargestRecord} bytes.");

    [LoggerMessage(EventId = 400, EventName = "StoreUnreadable", Level = LogLevel.Warning, Message = "The last session in {Path} cannot be read and counts as none.")]
    private static partial void LogUnreadable(ILogger logger, string path, Exception exception);
}
