using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using RemoteRendering.Sessions.Diagnostics;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Storage;

namespace RemoteRendering.Sessions;

/// <summary>
/// Stores the last session in a file. The file is replaced atomically, so a crash leaves the old or the new content, and only its user can
/// read it. Temporary files of killed processes are deleted by the next process.
/// </summary>
/// <remarks>
/// On Unix the file has mode 600 if the runtime can set it (.NET 8 and later). On Windows it has the permissions of its folder: put it into
/// the profile of the user, for example below <see cref="Environment.SpecialFolder.LocalApplicationData"/>. Only one process at a time
/// should use a file; the last save wins. Thread-safe.
/// </remarks>
public sealed partial class FileRenderingSessionStore : RenderingSessionStore, IDisposable
{
    private const int LargestRecord = 64 * 1024;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly ILogger _logger;
    private bool _isSwept;

    /// <summary>Creates a store. The file and its folder need not exist.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="logger">The logger for files that cannot be read, or <see langword="null"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    public FileRenderingSessionStore(string path, ILogger? logger = null)
    {
        Guard.NotNullOrEmpty(path, nameof(path));
        Path = System.IO.Path.GetFullPath(path);
        _logger = logger is null ? NullLogger.Instance : new GuardedLogger(logger);
    }

    /// <summary>Gets the full path of the file.</summary>
    public string Path { get; }

    /// <summary>
    /// Reads the record. A file that is not a record, and a path that is not a file, count as no record and are logged as a warning.
    /// </summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The record; <see langword="null"/> when there is none, or it cannot be read.</returns>
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

    /// <summary>Replaces the file, or the target of its symbolic links.</summary>
    /// <param name="record">The record. It contains a secret key.</param>
    /// <param name="cancellationToken">Cancels the call. The file is then unchanged.</param>
    /// <returns>A task that completes when the record is on the disk.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="record"/> is null.</exception>
    /// <exception cref="IOException">
    /// The file could not be written, and the old one is kept; or the path is a directory, a device or a pipe.
    /// </exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder is not writable.</exception>
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

    /// <summary>Deletes the file, or the target of its symbolic links.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A task that completes when there is no file.</returns>
    /// <exception cref="IOException">The file could not be deleted; or the path is a directory, a device or a pipe.</exception>
    /// <exception cref="UnauthorizedAccessException">The process is not permitted to delete the file.</exception>
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

    /// <summary>Has no effect: the store holds no resources between calls, and calls in flight complete. The file is kept.</summary>
    public void Dispose()
    {
    }

    /// <summary>Resolves the path to its file and, the first time, deletes temporary files of killed processes.</summary>
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
        => new FileInfo(file).Length <= LargestRecord ? File.ReadAllBytes(file)
            : throw new FormatException($"The file is larger than {LargestRecord} bytes.");

    [LoggerMessage(
        EventId = 400, EventName = "StoreUnreadable", Level = LogLevel.Warning,
        Message = "The record of the last session in {Path} cannot be read; it counts as none.")]
    private static partial void LogUnreadable(ILogger logger, string path, Exception exception);
}
