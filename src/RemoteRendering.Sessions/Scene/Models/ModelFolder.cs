namespace RemoteRendering.Sessions.Scene.Models;

/// <summary>Represents the folder of a model on this device.</summary>
internal sealed class ModelFolder(string folder)
{
    /// <summary>Finds the model of a path.</summary>
    /// <returns>Its full path.</returns>
    /// <exception cref="FileNotFoundException">There is none, or more than one.</exception>
    public static string FindModel(string path)
    {
        string full = Path.GetFullPath(path);
        if (File.Exists(full))
        {
            return full;
        }

        if (!Directory.Exists(full))
        {
            throw new FileNotFoundException($"The file or folder '{path}' does not exist.", full);
        }

        string[] models = [
            .. Directory.GetFiles(full).Where(static file => Path.GetExtension(file).ToUpperInvariant() is ".GLTF" or ".GLB")
        ];
        return models.Length == 1 ? models[0] : throw new FileNotFoundException(
            $"The folder '{path}' must contain exactly one .gltf or .glb file, but contains {models.Length}.", full);
    }

    /// <summary>Opens a file in the folder or below it; null when there is none.</summary>
    public Stream? Open(string name)
    {
        try
        {
            // An untrusted model must not make this device send files from outside its folder.
            string root = Path.GetFullPath(folder + Path.DirectorySeparatorChar);
            string path = Path.GetFullPath(Path.Combine(root, name));
            return path.StartsWith(root, StringComparison.Ordinal) && File.Exists(path) ? File.OpenRead(path) : null;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException or PathTooLongException)
        {
            // Not a valid file name on this system.
            return null;
        }
    }
}
