using RemoteRendering.Sessions.Protocol.Scene;
namespace RemoteRendering.Sessions.Host.Scene.Uploads;

/// <summary>The uploads of one binding. Thread-safe.</summary>
internal sealed class ModelUploads : IDisposable
{
    public const int MaxUploads = 4;
    public const int MaxFiles = 4_096;

    private readonly object _gate = new();
    private readonly Dictionary<uint, ModelUpload> _uploads = [];
    private readonly Dictionary<ModelUpload, ModelUpload> _owners = [];
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
            if (_uploads.Values.Count(upload => !_owners.ContainsKey(upload)) >= MaxUploads)
            {
                throw new SceneException(
                    SceneErrorCode.LimitReached, $"There are {MaxUploads} uploads already; end one of them before '{name}'.");
            }

            _uploads.Add(++_lastNumber, new ModelUpload(name, (int)length));
            return _lastNumber;
        }
    }

    /// <summary>Begins the upload of a file that a model names, and gives its number.</summary>
    /// <exception cref="SceneException">The model with its files is too large, or has too many of them.</exception>
    public uint BeginFile(uint model, long length, string name, SceneLimits limits)
    {
        lock (_gate)
        {
            ModelUpload owner = Find(model);
            limits.CheckFile(length + owner.Length + owner.Files.Values.Sum(file => (long)file.Length), owner.Name);
            var upload = new ModelUpload(name, (int)length);
            if (_owners.ContainsKey(owner))
            {
                throw new SceneException(SceneErrorCode.InvalidId, $"Upload {model} is a file of another one.");
            }

            if (owner.Files.Count >= MaxFiles)
            {
                throw new SceneException(SceneErrorCode.LimitReached, $"'{owner.Name}' has {MaxFiles} files already.");
            }

            if (!owner.TryAdd(upload))
            {
                throw new SceneException(
                    SceneErrorCode.AlreadyExists, $"'{owner.Name}' has a file '{SceneLimits.ShortenName(name)}' already.");
            }

            _owners.Add(upload, owner);
            _uploads.Add(++_lastNumber, upload);
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
            return upload.Unfinished is not { } missing
                ? upload
                : throw new SceneException(
                    SceneErrorCode.FileCorrupt, $"'{SceneLimits.ShortenName(missing.Name)}' is not uploaded yet: bytes are missing.");
        }
    }

    public void End(uint number)
    {
        lock (_gate)
        {
            ModelUpload ended = Find(number);
            foreach (
                uint gone in _uploads.Where(entry => entry.Value == ended || _owners.GetValueOrDefault(entry.Value) == ended)
                    .Select(entry => entry.Key).ToArray())
            {
                _owners.Remove(_uploads[gone]);
                _uploads.Remove(gone);
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _uploads.Clear();
            _owners.Clear();
        }
    }

    private ModelUpload Find(uint number) =>
        _uploads.GetValueOrDefault(number) ?? throw new SceneException(SceneErrorCode.InvalidId, $"There is no upload {number}.");
}
