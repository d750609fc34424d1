namespace RemoteRendering.Sessions.Emulator;

/// <summary>The uploads of one binding. Thread-safe.</summary>
internal sealed class ModelUploads : IDisposable
{
    public const int MaxUploads = 4;

    private readonly object _gate = new();
    private readonly Dictionary<uint, ModelUpload> _uploads = [];
    private uint _lastNumber;
    private bool _isDisposed;

    /// <summary>Begins an upload and gives its number.</summary>
    /// <exception cref="SceneException">It is too large, or there are too many.</exception>
    public uint Begin(long length, string name, SceneLimits limits)
    {
        limits.CheckFile(length, name);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_uploads.Count >= MaxUploads)
            {
                throw new SceneException(SceneErrorCode.LimitReached, $"There are {MaxUploads} uploads already; end one of them before '{name}'.");
            }

            _uploads.Add(++_lastNumber, new ModelUpload(name, (int)length));
            return _lastNumber;
        }
    }

    /// <summary>Adds the next bytes.</summary>
    public void Append(uint number, ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            Find(number).Append(bytes);
        }
    }

    /// <summary>Takes what is there, to load it.</summary>
    /// <exception cref="SceneException">There is no such upload, or bytes of it are missing.</exception>
    public ModelUpload Take(uint number)
    {
        lock (_gate)
        {
            ModelUpload upload = Find(number);
            return upload.IsWhole ? upload : throw new SceneException(SceneErrorCode.FileCorrupt, $"'{upload.Name}' is not uploaded yet: bytes are missing.");
        }
    }

    public void End(uint number)
    {
        lock (_gate)
        {
            Find(number);
            _uploads.Remove(number);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _uploads.Clear();
        }
    }

    private ModelUpload Find(uint number) =>
        _uploads.GetValueOrDefault(number) ?? throw new SceneException(SceneErrorCode.InvalidId, $"There is no upload {number}.");
}
