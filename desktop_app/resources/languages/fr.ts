<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
    <name>About</name>
    <message>
        <source>About {program}</source>
        <translation>À propos de {program}</translation>
    </message>
    <message>
        <source>Finds pictures on your own computer by what they show.</source>
        <translation>Trouve des images sur votre ordinateur par ce qu’elles montrent.</translation>
    </message>
    <message>
        <source>Free software under the MIT licence. Built with Qt (LGPL), ONNX Runtime (MIT), SQLite (public domain) and USearch (Apache 2.0); icons by Lucide (ISC). Models have licences of their own, which their panel shows.</source>
        <translation>Logiciel libre sous licence MIT. Réalisé avec Qt (LGPL), ONNX Runtime (MIT), SQLite (domaine public) et USearch (Apache 2.0)&#x202f;; icônes de Lucide (ISC). Les modèles ont leurs propres licences, affichées dans leur panneau.</translation>
    </message>
    <message>
        <source>Licences of all parts</source>
        <translation>Licences de tous les composants</translation>
    </message>
    <message>
        <source>No program for texts was found. They are in {file}.</source>
        <translation>Aucun programme pour les textes n’a été trouvé. Elles sont dans {file}.</translation>
    </message>
    <message>
        <source>Nothing leaves this computer.</source>
        <translation>Rien ne quitte cet ordinateur.</translation>
    </message>
    <message>
        <source>Version {version}</source>
        <translation>Version {version}</translation>
    </message>
    <message>
        <source>Your library is in {folder}.</source>
        <translation>Votre bibliothèque se trouve dans {folder}.</translation>
    </message>
</context>
<context>
    <name>Cards</name>
    <message>
        <source>{button}: {what}</source>
        <translation>{button}&#xa0;: {what}</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>About</source>
        <translation>À propos</translation>
    </message>
    <message>
        <source>Add folder…</source>
        <translation>Ajouter un dossier…</translation>
    </message>
    <message>
        <source>Best or newest first</source>
        <translation>Les meilleures ou les plus récentes d’abord</translation>
    </message>
    <message>
        <source>By date taken</source>
        <translation>Par date de prise de vue</translation>
    </message>
    <message>
        <source>By folder</source>
        <translation>Par dossier</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>Par nom</translation>
    </message>
    <message>
        <source>By size</source>
        <translation>Par taille</translation>
    </message>
    <message>
        <source>Certainty</source>
        <translation>Certitude</translation>
    </message>
    <message>
        <source>Check for updates…</source>
        <translation>Rechercher une nouvelle version…</translation>
    </message>
    <message>
        <source>Close window</source>
        <translation>Fermer la fenêtre</translation>
    </message>
    <message>
        <source>Copy files</source>
        <translation>Copier les fichiers</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>Copier le chemin</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>Copier l’image</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Sombre</translation>
    </message>
    <message>
        <source>Every pixel (1)</source>
        <translation>Taille réelle (1)</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exporter…</translation>
    </message>
    <message>
        <source>Fewer strong hits</source>
        <translation>Moins de résultats sûrs</translation>
    </message>
    <message>
        <source>Files not indexed…</source>
        <translation>Fichiers non indexés…</translation>
    </message>
    <message>
        <source>Film strip (T)</source>
        <translation>Pellicule (T)</translation>
    </message>
    <message>
        <source>Find a command…</source>
        <translation>Trouver une commande…</translation>
    </message>
    <message>
        <source>Find similar</source>
        <translation>Images similaires</translation>
    </message>
    <message>
        <source>Folders…</source>
        <translation>Dossiers…</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Plein écran</translation>
    </message>
    <message>
        <source>Go back to the pictures first.</source>
        <translation>Revenez d’abord aux images.</translation>
    </message>
    <message>
        <source>Go to the sidebar</source>
        <translation>Aller à la barre latérale</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Groupes</translation>
    </message>
    <message>
        <source>Groups by day</source>
        <translation>Grouper par jour</translation>
    </message>
    <message>
        <source>Groups by folder</source>
        <translation>Grouper par dossier</translation>
    </message>
    <message>
        <source>Groups by month</source>
        <translation>Grouper par mois</translation>
    </message>
    <message>
        <source>Information (I)</source>
        <translation>Informations (I)</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>Inspecteur</translation>
    </message>
    <message>
        <source>Jobs and messages…</source>
        <translation>Tâches et messages…</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Raccourcis clavier</translation>
    </message>
    <message>
        <source>Larger pictures</source>
        <translation>Images plus grandes</translation>
    </message>
    <message>
        <source>Less like the selected pictures</source>
        <translation>Moins comme les images sélectionnées</translation>
    </message>
    <message>
        <source>Less like this</source>
        <translation>Moins comme celle-ci</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Clair</translation>
    </message>
    <message>
        <source>Like the system</source>
        <translation>Comme le système</translation>
    </message>
    <message>
        <source>Look at a picture first (Enter).</source>
        <translation>Regardez d’abord une image (Entrée).</translation>
    </message>
    <message>
        <source>Look at it (Enter)</source>
        <translation>La regarder (Entrée)</translation>
    </message>
    <message>
        <source>Look for changes</source>
        <translation>Chercher les changements</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>Modèles…</translation>
    </message>
    <message>
        <source>More like the selected pictures</source>
        <translation>Plus comme les images sélectionnées</translation>
    </message>
    <message>
        <source>More like this</source>
        <translation>Plus comme celle-ci</translation>
    </message>
    <message>
        <source>More strong hits</source>
        <translation>Plus de résultats sûrs</translation>
    </message>
    <message>
        <source>Move to folder…</source>
        <translation>Déplacer vers un dossier…</translation>
    </message>
    <message>
        <source>Move to trash</source>
        <translation>Mettre à la corbeille</translation>
    </message>
    <message>
        <source>New window</source>
        <translation>Nouvelle fenêtre</translation>
    </message>
    <message>
        <source>No groups</source>
        <translation>Sans groupes</translation>
    </message>
    <message>
        <source>No rating</source>
        <translation>Sans note</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>Open with…</source>
        <translation>Ouvrir avec…</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Ordre</translation>
    </message>
    <message>
        <source>Other way round</source>
        <translation>Ordre inverse</translation>
    </message>
    <message>
        <source>Play or stop (P)</source>
        <translation>Lire ou arrêter (P)</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Quitter</translation>
    </message>
    <message>
        <source>Rate 1 star</source>
        <translation>Noter 1 étoile</translation>
    </message>
    <message>
        <source>Rate {count} stars</source>
        <translation>Noter {count} étoiles</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>Remove saved search</source>
        <translation>Retirer la recherche enregistrée</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Renommer</translation>
    </message>
    <message>
        <source>Rename saved search</source>
        <translation>Renommer la recherche enregistrée</translation>
    </message>
    <message>
        <source>Report a problem…</source>
        <translation>Signaler un problème…</translation>
    </message>
    <message>
        <source>Save search</source>
        <translation>Enregistrer la recherche</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Rechercher</translation>
    </message>
    <message>
        <source>Search by a part (C)</source>
        <translation>Rechercher avec une partie (C)</translation>
    </message>
    <message>
        <source>Search by the copied picture</source>
        <translation>Rechercher avec l’image copiée</translation>
    </message>
    <message>
        <source>Search change</source>
        <translation>Changement de la recherche</translation>
    </message>
    <message>
        <source>Search for something first, then say what is like it.</source>
        <translation>Faites d’abord une recherche, puis dites ce qui y ressemble.</translation>
    </message>
    <message>
        <source>Search for something first.</source>
        <translation>Faites d’abord une recherche.</translation>
    </message>
    <message>
        <source>Search for words first, then it is shown where they fit.</source>
        <translation>Recherchez d’abord des mots, puis on voit où ils correspondent.</translation>
    </message>
    <message>
        <source>Select a picture first.</source>
        <translation>Sélectionnez d’abord une image.</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Tout sélectionner</translation>
    </message>
    <message>
        <source>Select one picture first.</source>
        <translation>Sélectionnez d’abord une seule image.</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Réglages…</translation>
    </message>
    <message>
        <source>Show dates</source>
        <translation>Afficher les dates</translation>
    </message>
    <message>
        <source>Show in file manager</source>
        <translation>Afficher dans le gestionnaire de fichiers</translation>
    </message>
    <message>
        <source>Show logs</source>
        <translation>Afficher les journaux</translation>
    </message>
    <message>
        <source>Show names</source>
        <translation>Afficher les noms</translation>
    </message>
    <message>
        <source>Show the whole library</source>
        <translation>Afficher toute la bibliothèque</translation>
    </message>
    <message>
        <source>Show where it fits (E)</source>
        <translation>Montrer où cela correspond (E)</translation>
    </message>
    <message>
        <source>Sidebar</source>
        <translation>Barre latérale</translation>
    </message>
    <message>
        <source>Slow down while I work</source>
        <translation>Ralentir pendant que je travaille</translation>
    </message>
    <message>
        <source>Smaller pictures</source>
        <translation>Images plus petites</translation>
    </message>
    <message>
        <source>Tag…</source>
        <translation>Mots-clés…</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Thème</translation>
    </message>
    <message>
        <source>There is nothing to take back.</source>
        <translation>Il n’y a rien à annuler.</translation>
    </message>
    <message>
        <source>This picture does not move.</source>
        <translation>Cette image n’est pas animée.</translation>
    </message>
    <message>
        <source>Try a search</source>
        <translation>Essayer une recherche</translation>
    </message>
    <message>
        <source>Turn the view left ([)</source>
        <translation>Tourner la vue à gauche ([)</translation>
    </message>
    <message>
        <source>Turn the view right (])</source>
        <translation>Tourner la vue à droite (])</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Undo {what}</source>
        <translation>Annuler&#xa0;: {what}</translation>
    </message>
    <message>
        <source>Usual certainty</source>
        <translation>Certitude habituelle</translation>
    </message>
    <message>
        <source>Whole picture (0)</source>
        <translation>Image entière (0)</translation>
    </message>
    <message>
        <source>Whole pictures</source>
        <translation>Images entières</translation>
    </message>
    <message>
        <source>You are looking at it.</source>
        <translation>Vous la regardez déjà.</translation>
    </message>
    <message>
        <source>Zoom in (+)</source>
        <translation>Agrandir (+)</translation>
    </message>
    <message>
        <source>Zoom out (−)</source>
        <translation>Réduire (−)</translation>
    </message>
    <message>
        <source>{menu}: {command}</source>
        <translation>{menu}&#xa0;: {command}</translation>
    </message>
</context>
<context>
    <name>Dates</name>
    <message>
        <source>1</source>
        <comment>The first day of a month</comment>
        <translation>1er</translation>
    </message>
    <message>
        <source>file of {date}</source>
        <comment>When a file was last written</comment>
        <translation>fichier du {date}</translation>
    </message>
    <message>
        <source>{date}, {time}</source>
        <translation>{date} à {time}</translation>
    </message>
    <message>
        <source>{day} {month} {year}</source>
        <translation>{day} {month} {year}</translation>
    </message>
    <message>
        <source>{month} {year}</source>
        <translation>{month} {year}</translation>
    </message>
</context>
<context>
    <name>Engine: Files</name>
    <message>
        <source>Another program is still writing it; it is looked at again later.</source>
        <translation>Un autre programme est en train de l’écrire&#x202f;; il sera relu plus tard.</translation>
    </message>
    <message>
        <source>Another program is using it.</source>
        <translation>Un autre programme l’utilise.</translation>
    </message>
    <message>
        <source>Another program takes every name.</source>
        <translation>Un autre programme prend tous les noms.</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>Choisissez un autre dossier.</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>Choisissez un autre nom.</translation>
    </message>
    <message>
        <source>It cannot be done ({reason}).</source>
        <translation>C’est impossible ({reason}).</translation>
    </message>
    <message>
        <source>It cannot be read ({reason}).</source>
        <translation>Lecture impossible ({reason}).</translation>
    </message>
    <message>
        <source>It does not answer; a network drive may be gone.</source>
        <translation>Pas de réponse&#x202f;; un disque réseau est peut-être absent.</translation>
    </message>
    <message>
        <source>It is a link, which could lead elsewhere from there.</source>
        <translation>C’est un lien, qui de là pourrait mener ailleurs.</translation>
    </message>
    <message>
        <source>It is not in the trash any more.</source>
        <translation>Elle n’est plus dans la corbeille.</translation>
    </message>
    <message>
        <source>It is not there, or its drive is not connected.</source>
        <translation>Introuvable, ou son disque n’est pas connecté.</translation>
    </message>
    <message>
        <source>It is not there: it was moved or deleted, or its drive is not connected.</source>
        <translation>Il n’est pas là&#xa0;: il a été déplacé ou supprimé, ou son disque n’est pas connecté.</translation>
    </message>
    <message>
        <source>It lies in the cloud only; it is read once it has been downloaded.</source>
        <translation>Il se trouve seulement dans le nuage&#x202f;; il sera lu une fois téléchargé.</translation>
    </message>
    <message>
        <source>Its content is not a picture.</source>
        <translation>Son contenu n’est pas une image.</translation>
    </message>
    <message>
        <source>Its drive or folder cannot be reached.</source>
        <translation>Son disque ou son dossier est inaccessible.</translation>
    </message>
    <message>
        <source>Its folder is not there; its drive may not be connected.</source>
        <translation>Son dossier est absent&#x202f;; son disque n’est peut-être pas connecté.</translation>
    </message>
    <message>
        <source>Not a picture.</source>
        <translation>Ce n’est pas une image.</translation>
    </message>
    <message>
        <source>Pictures of this kind cannot be read yet.</source>
        <translation>Les images de ce type ne peuvent pas encore être lues.</translation>
    </message>
    <message>
        <source>Put it back in the system&apos;s trash: no program but the system can.</source>
        <translation>Sortez-la de la corbeille du système&#xa0;: seul le système le peut.</translation>
    </message>
    <message>
        <source>Reading it took longer than {timeout_s} seconds.</source>
        <translation>Sa lecture a pris plus de {timeout_s} secondes.</translation>
    </message>
    <message>
        <source>Reading it took more memory than allowed.</source>
        <translation>Sa lecture a demandé plus de mémoire que permis.</translation>
    </message>
    <message>
        <source>Restart the computer and try again.</source>
        <translation>Redémarrez l’ordinateur et réessayez.</translation>
    </message>
    <message>
        <source>Some folders in it tell of no changes; they are looked through {often}.</source>
        <translation>Certains de ses dossiers ne signalent aucun changement&#x202f;; ils sont parcourus {often}.</translation>
    </message>
    <message>
        <source>The copy is not the same as the original.</source>
        <translation>La copie n’est pas identique à l’original.</translation>
    </message>
    <message>
        <source>The disk is full.</source>
        <translation>Le disque est plein.</translation>
    </message>
    <message>
        <source>The drive does not answer.</source>
        <translation>Le disque ne répond pas.</translation>
    </message>
    <message>
        <source>The drive does not take such a name.</source>
        <translation>Le disque n’accepte pas un tel nom.</translation>
    </message>
    <message>
        <source>The drive that was here is not connected.</source>
        <translation>Le disque qui se trouvait ici n’est pas connecté.</translation>
    </message>
    <message>
        <source>The file beside it cannot be written ({reason}).</source>
        <translation>Le fichier à côté d’elle ne peut pas être écrit ({reason}).</translation>
    </message>
    <message>
        <source>The file cannot be read ({reason}).</source>
        <translation>Le fichier ne peut pas être lu ({reason}).</translation>
    </message>
    <message>
        <source>The file is cut short or damaged.</source>
        <translation>Le fichier est tronqué ou endommagé.</translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation>Le fichier est vide.</translation>
    </message>
    <message>
        <source>The file is no longer there.</source>
        <translation>Le fichier n’est plus là.</translation>
    </message>
    <message>
        <source>The file is too large for this drive.</source>
        <translation>Le fichier est trop grand pour ce disque.</translation>
    </message>
    <message>
        <source>The folder is not there any more; its drive may not be connected.</source>
        <translation>Le dossier n’est plus là&#x202f;; son disque n’est peut-être pas connecté.</translation>
    </message>
    <message>
        <source>The name is too long.</source>
        <translation>Le nom est trop long.</translation>
    </message>
    <message>
        <source>The name of this file is not valid text.</source>
        <translation>Le nom de ce fichier n’est pas un texte valide.</translation>
    </message>
    <message>
        <source>The name of this folder is not valid text, so it was not looked through.</source>
        <translation>Le nom de ce dossier n’est pas un texte valide&#x202f;; il n’a pas été parcouru.</translation>
    </message>
    <message>
        <source>The name of this folder is not valid text.</source>
        <translation>Le nom de ce dossier n’est pas un texte valide.</translation>
    </message>
    <message>
        <source>The picture is not there.</source>
        <translation>L’image est absente.</translation>
    </message>
    <message>
        <source>The process that reads pictures does not start.</source>
        <translation>Le processus qui lit les images ne démarre pas.</translation>
    </message>
    <message>
        <source>The reader crashed on it.</source>
        <translation>Le lecteur s’est arrêté en le lisant.</translation>
    </message>
    <message>
        <source>The system allows no more watched folders, so this folder is looked through {often}.</source>
        <translation>Le système ne permet pas de surveiller plus de dossiers&#x202f;; celui-ci est donc parcouru {often}.</translation>
    </message>
    <message>
        <source>The system does not tell of changes here, so it is looked through {often}.</source>
        <translation>Le système ne signale pas les changements ici&#x202f;; le dossier est donc parcouru {often}.</translation>
    </message>
    <message>
        <source>The trash did not take it.</source>
        <translation>La corbeille ne l’a pas acceptée.</translation>
    </message>
    <message>
        <source>There is no folder at {folder}.</source>
        <translation>Il n’y a pas de dossier à l’emplacement {folder}.</translation>
    </message>
    <message>
        <source>There is no folder or picture here.</source>
        <translation>Il n’y a ni dossier ni image ici.</translation>
    </message>
    <message>
        <source>There is no picture in this folder.</source>
        <translation>Il n’y a aucune image dans ce dossier.</translation>
    </message>
    <message>
        <source>There is no room left for you on this disk.</source>
        <translation>Il ne vous reste plus de place sur ce disque.</translation>
    </message>
    <message>
        <source>There is no trash for this drive.</source>
        <translation>Il n’y a pas de corbeille pour ce disque.</translation>
    </message>
    <message>
        <source>This drive may only be read.</source>
        <translation>Ce disque est en lecture seule.</translation>
    </message>
    <message>
        <source>This file is gone.</source>
        <translation>Ce fichier a disparu.</translation>
    </message>
    <message>
        <source>This folder does not answer; its drive or its server may be gone.</source>
        <translation>Ce dossier ne répond pas&#x202f;; son disque ou son serveur est peut-être absent.</translation>
    </message>
    <message>
        <source>This folder is not there: its drive is not connected, or it was moved or deleted.</source>
        <translation>Ce dossier n’est pas là&#xa0;: son disque n’est pas connecté, ou il a été déplacé ou supprimé.</translation>
    </message>
    <message>
        <source>This folder is on a network drive, so it is looked through {often}.</source>
        <translation>Ce dossier est sur un disque réseau&#x202f;; il est donc parcouru {often}.</translation>
    </message>
    <message>
        <source>This is a pipe, a socket or a device, not a file.</source>
        <translation>C’est un tube, une socket ou un périphérique, pas un fichier.</translation>
    </message>
    <message>
        <source>This link leads back to a folder that was already looked through.</source>
        <translation>Ce lien ramène à un dossier déjà parcouru.</translation>
    </message>
    <message>
        <source>This link leads nowhere.</source>
        <translation>Ce lien ne mène nulle part.</translation>
    </message>
    <message>
        <source>This link leads round in a circle.</source>
        <translation>Ce lien tourne en rond.</translation>
    </message>
    <message>
        <source>This name is not valid text.</source>
        <translation>Ce nom n’est pas un texte valide.</translation>
    </message>
    <message>
        <source>You may not change this file or its folder.</source>
        <translation>Vous n’avez pas le droit de modifier ce fichier ou son dossier.</translation>
    </message>
    <message>
        <source>You may not put anything into {folder}.</source>
        <translation>Vous n’avez pas le droit d’ajouter quoi que ce soit dans {folder}.</translation>
    </message>
    <message>
        <source>You may not read it.</source>
        <translation>Vous n’avez pas le droit de le lire.</translation>
    </message>
    <message>
        <source>You may not read this file.</source>
        <translation>Vous n’avez pas le droit de lire ce fichier.</translation>
    </message>
    <message>
        <source>You may not write in this folder.</source>
        <translation>Vous n’avez pas le droit d’écrire dans ce dossier.</translation>
    </message>
    <message>
        <source>every minute</source>
        <translation>toutes les minutes</translation>
    </message>
    <message>
        <source>every {minutes} minutes</source>
        <translation>toutes les {minutes} minutes</translation>
    </message>
    <message>
        <source>{width} × {height} pixels is more than the limit of {pixels} megapixels.</source>
        <translation>{width} × {height} pixels dépassent la limite de {pixels} mégapixels.</translation>
    </message>
</context>
<context>
    <name>Engine: Library</name>
    <message>
        <source>A backup of the library could not be written ({reason}).</source>
        <translation>Une sauvegarde de la bibliothèque n’a pas pu être écrite ({reason}).</translation>
    </message>
    <message>
        <source>A folder is being looked for.</source>
        <translation>Un dossier est en cours de recherche.</translation>
    </message>
    <message>
        <source>A model is being removed.</source>
        <translation>Un modèle est en cours de suppression.</translation>
    </message>
    <message>
        <source>A name cannot begin with a space, or end with a space or a dot.</source>
        <translation>Un nom ne peut ni commencer par une espace, ni finir par une espace ou un point.</translation>
    </message>
    <message>
        <source>A name cannot hold line breaks or other control characters.</source>
        <translation>Un nom ne peut contenir ni saut de ligne ni autre caractère de contrôle.</translation>
    </message>
    <message>
        <source>A name cannot hold the sign “{bad}”.</source>
        <translation>Un nom ne peut pas contenir le signe «&#x202f;{bad}&#x202f;».</translation>
    </message>
    <message>
        <source>A name that begins with a dot would hide the picture.</source>
        <translation>Un nom qui commence par un point cacherait l’image.</translation>
    </message>
    <message>
        <source>A picture needs a name.</source>
        <translation>Il faut un nom à une image.</translation>
    </message>
    <message>
        <source>A tag needs a name.</source>
        <translation>Il faut un nom à un mot-clé.</translation>
    </message>
    <message>
        <source>Another Image Seeker, a window or a command, is working with this library.</source>
        <translation>Un autre Image Seeker, fenêtre ou commande, utilise cette bibliothèque.</translation>
    </message>
    <message>
        <source>Another model is getting to know the pictures.</source>
        <translation>Un autre modèle découvre les images.</translation>
    </message>
    <message>
        <source>Check the disk and try again; everything indexed so far is kept.</source>
        <translation>Vérifiez le disque et réessayez&#x202f;; tout ce qui est déjà indexé est conservé.</translation>
    </message>
    <message>
        <source>Check the disk that holds it.</source>
        <translation>Vérifiez le disque qui la contient.</translation>
    </message>
    <message>
        <source>Check the name.</source>
        <translation>Vérifiez le nom.</translation>
    </message>
    <message>
        <source>Choose another place with --data-dir.</source>
        <translation>Choisissez un autre emplacement avec --data-dir.</translation>
    </message>
    <message>
        <source>Choose the folder that has the same pictures under the same names.</source>
        <translation>Choisissez le dossier qui contient les mêmes images sous les mêmes noms.</translation>
    </message>
    <message>
        <source>Connect the drive and try again.</source>
        <translation>Connectez le disque et réessayez.</translation>
    </message>
    <message>
        <source>Connect the drive that it lies on, and open it again.</source>
        <translation>Connectez le disque qui la contient, puis rouvrez-la.</translation>
    </message>
    <message>
        <source>Connect the drive that it lies on.</source>
        <translation>Connectez le disque qui la contient.</translation>
    </message>
    <message>
        <source>Files are being moved.</source>
        <translation>Des fichiers sont en cours de déplacement.</translation>
    </message>
    <message>
        <source>Forget {other} first.</source>
        <translation>Oubliez d’abord {other}.</translation>
    </message>
    <message>
        <source>Forget {root} if its pictures are there.</source>
        <translation>Oubliez {root} si ses images s’y trouvent.</translation>
    </message>
    <message>
        <source>Free some space and try again; everything indexed so far is kept.</source>
        <translation>Libérez de l’espace et réessayez&#x202f;; tout ce qui est déjà indexé est conservé.</translation>
    </message>
    <message>
        <source>Install the newest version; nothing was changed.</source>
        <translation>Installez la dernière version&#x202f;; rien n’a été modifié.</translation>
    </message>
    <message>
        <source>Its drive or folder cannot be reached.</source>
        <translation>Son disque ou son dossier est inaccessible.</translation>
    </message>
    <message>
        <source>Make it writable or choose another place with --data-dir.</source>
        <translation>Autorisez l’écriture ou choisissez un autre emplacement avec --data-dir.</translation>
    </message>
    <message>
        <source>Make its folder accessible or choose another place with --data-dir.</source>
        <translation>Rendez son dossier accessible ou choisissez un autre emplacement avec --data-dir.</translation>
    </message>
    <message>
        <source>Make its folder writable or choose another place with --data-dir.</source>
        <translation>Autorisez l’écriture dans son dossier ou choisissez un autre emplacement avec --data-dir.</translation>
    </message>
    <message>
        <source>Make room in its folder and close other programs that use it, then try again.</source>
        <translation>Faites de la place dans son dossier et fermez les autres programmes qui l’utilisent, puis réessayez.</translation>
    </message>
    <message>
        <source>Make room in its folder and try again; nothing was changed.</source>
        <translation>Faites de la place dans son dossier et réessayez&#x202f;; rien n’a été modifié.</translation>
    </message>
    <message>
        <source>Open it once for writing, for example with the window, to bring it up to date.</source>
        <translation>Ouvrez-la une fois en écriture, par exemple avec la fenêtre, pour la mettre à jour.</translation>
    </message>
    <message>
        <source>Pictures are being indexed already.</source>
        <translation>Des images sont déjà en cours d’indexation.</translation>
    </message>
    <message>
        <source>Pictures are being removed.</source>
        <translation>Des images sont en cours de retrait.</translation>
    </message>
    <message>
        <source>The disk that holds the library is full.</source>
        <translation>Le disque qui contient la bibliothèque est plein.</translation>
    </message>
    <message>
        <source>The disk was full when the library was opened. Free some space and try again.</source>
        <translation>Le disque était plein à l’ouverture de la bibliothèque. Libérez de l’espace et réessayez.</translation>
    </message>
    <message>
        <source>The library at {path} may only be read.</source>
        <translation>La bibliothèque de {path} est en lecture seule.</translation>
    </message>
    <message>
        <source>The library cannot be opened or created.</source>
        <translation>La bibliothèque ne peut être ni ouverte ni créée.</translation>
    </message>
    <message>
        <source>The library cannot be opened: the system denies access to it.</source>
        <translation>La bibliothèque ne peut pas être ouverte&#xa0;: le système en refuse l’accès.</translation>
    </message>
    <message>
        <source>The library cannot be written.</source>
        <translation>La bibliothèque ne peut pas être écrite.</translation>
    </message>
    <message>
        <source>The library could not be read or written because of a disk error.</source>
        <translation>La bibliothèque n’a pas pu être lue ou écrite à cause d’une erreur de disque.</translation>
    </message>
    <message>
        <source>The library could not be restored ({reason}).</source>
        <translation>La bibliothèque n’a pas pu être restaurée ({reason}).</translation>
    </message>
    <message>
        <source>The library file was made by another program.</source>
        <translation>Le fichier de la bibliothèque a été créé par un autre programme.</translation>
    </message>
    <message>
        <source>The library folder {folder} cannot be written ({reason}).</source>
        <translation>Le dossier de la bibliothèque {folder} ne peut pas être écrit ({reason}).</translation>
    </message>
    <message>
        <source>The library has no such folder.</source>
        <translation>La bibliothèque n’a pas de tel dossier.</translation>
    </message>
    <message>
        <source>The library is busy.</source>
        <translation>La bibliothèque est occupée.</translation>
    </message>
    <message>
        <source>The library is closed.</source>
        <translation>La bibliothèque est fermée.</translation>
    </message>
    <message>
        <source>The library is in use by another program.</source>
        <translation>La bibliothèque est utilisée par un autre programme.</translation>
    </message>
    <message>
        <source>The library is not at {parent} any more.</source>
        <translation>La bibliothèque n’est plus dans {parent}.</translation>
    </message>
    <message>
        <source>The library is of an older version, and its file could not be backed up before the change. {error}</source>
        <translation>La bibliothèque est d’une version plus ancienne, et son fichier n’a pas pu être sauvegardé avant la conversion. {error}</translation>
    </message>
    <message>
        <source>The library was written by a newer version of Image Seeker.</source>
        <translation>La bibliothèque a été écrite par une version plus récente d’Image Seeker.</translation>
    </message>
    <message>
        <source>The library was written by an older version of Image Seeker.</source>
        <translation>La bibliothèque a été écrite par une version plus ancienne d’Image Seeker.</translation>
    </message>
    <message>
        <source>The library {path} cannot be opened ({reason}).</source>
        <translation>La bibliothèque {path} ne peut pas être ouverte ({reason}).</translation>
    </message>
    <message>
        <source>The library&apos;s file is damaged or not a library.</source>
        <translation>Le fichier de la bibliothèque est endommagé ou n’est pas une bibliothèque.</translation>
    </message>
    <message>
        <source>The library&apos;s file is damaged.</source>
        <translation>Le fichier de la bibliothèque est endommagé.</translation>
    </message>
    <message>
        <source>The library&apos;s file is gone.</source>
        <translation>Le fichier de la bibliothèque a disparu.</translation>
    </message>
    <message>
        <source>The tag “{name}…” is too long.</source>
        <translation>Le mot-clé «&#x202f;{name}…&#x202f;» est trop long.</translation>
    </message>
    <message>
        <source>There is no answer from {places}.</source>
        <translation>Pas de réponse de {places}.</translation>
    </message>
    <message>
        <source>There is no folder or picture at {places}.</source>
        <translation>Il n’y a ni dossier ni image à l’emplacement {places}.</translation>
    </message>
    <message>
        <source>There is no {kind} at {new}.</source>
        <translation>Aucun élément de type {kind} à l’emplacement {new}.</translation>
    </message>
    <message>
        <source>There is too little room on the disk for a backup of the library.</source>
        <translation>Il y a trop peu de place sur le disque pour une sauvegarde de la bibliothèque.</translation>
    </message>
    <message>
        <source>This name is not valid text.</source>
        <translation>Ce nom n’est pas un texte valide.</translation>
    </message>
    <message>
        <source>This name is too long.</source>
        <translation>Ce nom est trop long.</translation>
    </message>
    <message>
        <source>This picture cannot be looked at now.</source>
        <translation>Cette image ne peut pas être examinée maintenant.</translation>
    </message>
    <message>
        <source>This picture is no longer in the library.</source>
        <translation>Cette image n’est plus dans la bibliothèque.</translation>
    </message>
    <message>
        <source>Use at most {n} characters.</source>
        <translation>Utilisez {n} caractères au plus.</translation>
    </message>
    <message>
        <source>Use that one, or wait until it is done.</source>
        <translation>Utilisez celui-là, ou attendez qu’il ait terminé.</translation>
    </message>
    <message>
        <source>Wait for it to finish or close it, then try again.</source>
        <translation>Attendez qu’il ait terminé ou fermez-le, puis réessayez.</translation>
    </message>
    <message>
        <source>Wait until that is done.</source>
        <translation>Attendez que ce soit terminé.</translation>
    </message>
    <message>
        <source>folder</source>
        <translation>dossier</translation>
    </message>
    <message>
        <source>picture</source>
        <translation>image</translation>
    </message>
    <message>
        <source>{name} is a name that Windows keeps for itself.</source>
        <translation>{name} est un nom que Windows se réserve.</translation>
    </message>
    <message>
        <source>{new} belongs to the folder {other}, which is in the library already.</source>
        <translation>{new} appartient au dossier {other}, qui est déjà dans la bibliothèque.</translation>
    </message>
    <message>
        <source>{new} does not hold the pictures of {root}.</source>
        <translation>{new} ne contient pas les images de {root}.</translation>
    </message>
    <message>
        <source>{new} is in the library already.</source>
        <translation>{new} est déjà dans la bibliothèque.</translation>
    </message>
</context>
<context>
    <name>Engine: Models</name>
    <message>
        <source>A model is added from its folder or from a .zip of it: unpack what is packed otherwise, and choose the folder.</source>
        <translation>Un modèle s’ajoute depuis son dossier ou depuis un .zip de ce dossier&#xa0;: décompressez ce qui est emballé autrement et choisissez le dossier.</translation>
    </message>
    <message>
        <source>A newer Image Seeker may know where it went.</source>
        <translation>Un Image Seeker plus récent sait peut-être où il est passé.</translation>
    </message>
    <message>
        <source>Check HF_ENDPOINT.</source>
        <translation>Vérifiez HF_ENDPOINT.</translation>
    </message>
    <message>
        <source>Check its permissions and the free space.</source>
        <translation>Vérifiez ses permissions et l’espace libre.</translation>
    </message>
    <message>
        <source>Check that this folder can be written.</source>
        <translation>Vérifiez que ce dossier est accessible en écriture.</translation>
    </message>
    <message>
        <source>Choose a CLIP, Chinese-CLIP, SigLIP or SigLIP 2 model.</source>
        <translation>Choisissez un modèle CLIP, Chinese-CLIP, SigLIP ou SigLIP 2.</translation>
    </message>
    <message>
        <source>Choose a SigLIP 2 of a fixed resolution, such as siglip2-base-patch16-224.</source>
        <translation>Choisissez un SigLIP 2 à résolution fixe, comme siglip2-base-patch16-224.</translation>
    </message>
    <message>
        <source>Choose a folder or a .zip file.</source>
        <translation>Choisissez un dossier ou un fichier .zip.</translation>
    </message>
    <message>
        <source>Choose a folder or a .zip that holds {config} and beside it a folder named onnx.</source>
        <translation>Choisissez un dossier ou un .zip qui contient {config} et, à côté, un dossier nommé onnx.</translation>
    </message>
    <message>
        <source>Choose another model.</source>
        <translation>Choisissez un autre modèle.</translation>
    </message>
    <message>
        <source>Choose it in the list.</source>
        <translation>Choisissez-le dans la liste.</translation>
    </message>
    <message>
        <source>Choose one of those that are installed.</source>
        <translation>Choisissez l’un de ceux qui sont installés.</translation>
    </message>
    <message>
        <source>Choose the folder of one of them.</source>
        <translation>Choisissez le dossier de l’un d’eux.</translation>
    </message>
    <message>
        <source>Close other programs and try again, or choose a smaller model.</source>
        <translation>Fermez d’autres programmes et réessayez, ou choisissez un modèle plus petit.</translation>
    </message>
    <message>
        <source>Close other programs and try again, or choose another model.</source>
        <translation>Fermez d’autres programmes et réessayez, ou choisissez un autre modèle.</translation>
    </message>
    <message>
        <source>Close other programs and try again.</source>
        <translation>Fermez d’autres programmes et réessayez.</translation>
    </message>
    <message>
        <source>Close other programs that use it and try again.</source>
        <translation>Fermez les autres programmes qui l’utilisent et réessayez.</translation>
    </message>
    <message>
        <source>Copy the file itself into the model&apos;s folder.</source>
        <translation>Copiez le fichier lui-même dans le dossier du modèle.</translation>
    </message>
    <message>
        <source>Download it again, or choose the folder with the model.</source>
        <translation>Téléchargez-le de nouveau, ou choisissez le dossier du modèle.</translation>
    </message>
    <message>
        <source>Download it in a browser and add its folder instead.</source>
        <translation>Téléchargez-le avec un navigateur et ajoutez son dossier.</translation>
    </message>
    <message>
        <source>Downloads are switched off by HF_HUB_OFFLINE.</source>
        <translation>Les téléchargements sont désactivés par HF_HUB_OFFLINE.</translation>
    </message>
    <message>
        <source>Finds the most, in many languages; takes several times as long as CLIP ViT-B/32 to look at a picture.</source>
        <translation>Trouve le plus, dans de nombreuses langues&#x202f;; met plusieurs fois plus de temps que CLIP ViT-B/32 à regarder une image.</translation>
    </message>
    <message>
        <source>For searching in Chinese.</source>
        <translation>Pour rechercher en chinois.</translation>
    </message>
    <message>
        <source>Free some space and try again.</source>
        <translation>Libérez de l’espace et réessayez.</translation>
    </message>
    <message>
        <source>Install Image Seeker again.</source>
        <translation>Réinstallez Image Seeker.</translation>
    </message>
    <message>
        <source>Install it again or choose another model.</source>
        <translation>Réinstallez-le ou choisissez un autre modèle.</translation>
    </message>
    <message>
        <source>It comes with the program.</source>
        <translation>Il est fourni avec le programme.</translation>
    </message>
    <message>
        <source>Its folder is not here; what it prepared is kept.</source>
        <translation>Son dossier n’est pas là&#x202f;; ce qu’il a préparé est conservé.</translation>
    </message>
    <message>
        <source>Knows far more than the built-in model; English, quick on any computer.</source>
        <translation>En sait bien plus que le modèle intégré&#x202f;; anglais, rapide sur tout ordinateur.</translation>
    </message>
    <message>
        <source>Leave --model out.</source>
        <translation>Retirez --model.</translation>
    </message>
    <message>
        <source>Make room on that disk and try again: what was fetched is kept, and it goes on from there.</source>
        <translation>Libérez de la place sur ce disque et réessayez&#xa0;: ce qui a été téléchargé est conservé, et la suite reprend de là.</translation>
    </message>
    <message>
        <source>Make room on the disk or check that the files can be read, then try again.</source>
        <translation>Faites de la place sur le disque ou vérifiez que les fichiers sont lisibles, puis réessayez.</translation>
    </message>
    <message>
        <source>Make room there and try again.</source>
        <translation>Faites-y de la place et réessayez.</translation>
    </message>
    <message>
        <source>No model can be added while one is given with --model.</source>
        <translation>Aucun modèle ne peut être ajouté tant que --model en impose un.</translation>
    </message>
    <message>
        <source>No model can be downloaded while one is given with --model.</source>
        <translation>Aucun modèle ne peut être téléchargé tant que --model en impose un.</translation>
    </message>
    <message>
        <source>No model can be kept in {models} ({reason}).</source>
        <translation>Aucun modèle ne peut être conservé dans {models} ({reason}).</translation>
    </message>
    <message>
        <source>No model can be removed while one is given with --model.</source>
        <translation>Aucun modèle ne peut être supprimé tant que --model en impose un.</translation>
    </message>
    <message>
        <source>Open its tokenizer with AutoTokenizer of the transformers library and save it with save_pretrained, which writes {tokenizer}.</source>
        <translation>Ouvrez son tokenizer avec AutoTokenizer de la bibliothèque transformers et enregistrez-le avec save_pretrained, qui écrit {tokenizer}.</translation>
    </message>
    <message>
        <source>Run `git lfs pull` in its folder and try again.</source>
        <translation>Lancez `git lfs pull` dans son dossier, puis réessayez.</translation>
    </message>
    <message>
        <source>The address {endpoint} cannot be used ({error}).</source>
        <translation>L’adresse {endpoint} ne peut pas être utilisée ({error}).</translation>
    </message>
    <message>
        <source>The built-in model answers instead of {chosen}. {problem}</source>
        <translation>Le modèle intégré répond à la place de {chosen}. {problem}</translation>
    </message>
    <message>
        <source>The built-in model cannot be removed.</source>
        <translation>Le modèle intégré ne peut pas être supprimé.</translation>
    </message>
    <message>
        <source>The built-in model is missing.</source>
        <translation>Le modèle intégré est absent.</translation>
    </message>
    <message>
        <source>The connection to {host} broke off.</source>
        <translation>La connexion à {host} a été interrompue.</translation>
    </message>
    <message>
        <source>The file has changed; it is looked at again with the next scan of its folder.</source>
        <translation>Le fichier a changé&#x202f;; il sera relu au prochain parcours de son dossier.</translation>
    </message>
    <message>
        <source>The file {name} is not a .zip file.</source>
        <translation>Le fichier {name} n’est pas un fichier .zip.</translation>
    </message>
    <message>
        <source>The file {name} is not a readable .zip file.</source>
        <translation>Le fichier {name} n’est pas un fichier .zip lisible.</translation>
    </message>
    <message>
        <source>The file {source} holds far too many files for a model.</source>
        <translation>Le fichier {source} contient bien trop de fichiers pour un modèle.</translation>
    </message>
    <message>
        <source>The file {zip_name} holds far too many files for a model.</source>
        <translation>Le fichier {zip_name} contient bien trop de fichiers pour un modèle.</translation>
    </message>
    <message>
        <source>The file {zip_name} is locked with a password.</source>
        <translation>Le fichier {zip_name} est protégé par un mot de passe.</translation>
    </message>
    <message>
        <source>The file {zip_name} is packed in a way that is not supported.</source>
        <translation>Le fichier {zip_name} est compressé d’une façon qui n’est pas prise en charge.</translation>
    </message>
    <message>
        <source>The file {zip_name} is refused: it holds {filename} twice.</source>
        <translation>Le fichier {zip_name} est refusé&#xa0;: il contient deux fois {filename}.</translation>
    </message>
    <message>
        <source>The file {zip_name} is refused: it would grow to {declared}, {times} times its size.</source>
        <translation>Le fichier {zip_name} est refusé&#xa0;: il atteindrait {declared}, soit {times} fois sa taille.</translation>
    </message>
    <message>
        <source>The file {zip_name} is refused: {name} in it is a link.</source>
        <translation>Le fichier {zip_name} est refusé&#xa0;: il contient un lien, {name}.</translation>
    </message>
    <message>
        <source>The file {zip_name} is refused: {name} in it leads out of it.</source>
        <translation>Le fichier {zip_name} est refusé&#xa0;: {name} mène hors de lui.</translation>
    </message>
    <message>
        <source>The folder {folder} cannot be written ({reason}).</source>
        <translation>Le dossier {folder} ne peut pas être écrit ({reason}).</translation>
    </message>
    <message>
        <source>The folder {source} holds far too many files.</source>
        <translation>Le dossier {source} contient bien trop de fichiers.</translation>
    </message>
    <message>
        <source>The model {folder} cannot be used: of {tower} there is only what Git LFS leaves in its place.</source>
        <translation>Le modèle {folder} ne peut pas être utilisé&#xa0;: à la place de {tower} se trouve seulement ce que Git LFS y laisse.</translation>
    </message>
    <message>
        <source>The model {folder} cannot be used: {name} is a link to another place.</source>
        <translation>Le modèle {folder} ne peut pas être utilisé&#xa0;: {name} est un lien vers un autre endroit.</translation>
    </message>
    <message>
        <source>The model {folder} cannot be used: {tower} is incomplete or damaged.</source>
        <translation>Le modèle {folder} ne peut pas être utilisé&#xa0;: {tower} est incomplet ou endommagé.</translation>
    </message>
    <message>
        <source>The model {folder} cannot be used: {tower} wants weights from outside its folder.</source>
        <translation>Le modèle {folder} ne peut pas être utilisé&#xa0;: {tower} demande des poids hors de son dossier.</translation>
    </message>
    <message>
        <source>The model {folder} is damaged: {file} {reason}.</source>
        <translation>Le modèle {folder} est endommagé&#xa0;: {file} {reason}.</translation>
    </message>
    <message>
        <source>The model {folder} is not complete: it has {older} but no {tokenizer}.</source>
        <translation>Le modèle {folder} est incomplet&#xa0;: il a {older} mais pas {tokenizer}.</translation>
    </message>
    <message>
        <source>The model {folder} is not complete: {name} is missing.</source>
        <translation>Le modèle {folder} est incomplet&#xa0;: {name} manque.</translation>
    </message>
    <message>
        <source>The model {folder} takes more memory than there is.</source>
        <translation>Le modèle {folder} demande plus de mémoire qu’il n’y en a.</translation>
    </message>
    <message>
        <source>The model {folder} {state}: {file} {reason}.</source>
        <translation>Le modèle {folder} {state}&#xa0;: {file} {reason}.</translation>
    </message>
    <message>
        <source>The model {model} cannot be used: it {reason}.</source>
        <translation>Le modèle {model} ne peut pas être utilisé&#xa0;: il {reason}.</translation>
    </message>
    <message>
        <source>The model {model} is damaged: {what}.</source>
        <translation>Le modèle {model} est endommagé&#xa0;: {what}.</translation>
    </message>
    <message>
        <source>The model {model} is of a kind this program does not know: {model_type}.</source>
        <translation>Le modèle {model} est d’un type que ce programme ne connaît pas&#xa0;: {model_type}.</translation>
    </message>
    <message>
        <source>The model {name} cannot be kept in {folder} ({reason}).</source>
        <translation>Le modèle {name} ne peut pas être conservé dans {folder} ({reason}).</translation>
    </message>
    <message>
        <source>The model {name} cannot be removed ({reason}).</source>
        <translation>Le modèle {name} ne peut pas être supprimé ({reason}).</translation>
    </message>
    <message>
        <source>The model {name} cannot be tried</source>
        <translation>Le modèle {name} ne peut pas être essayé</translation>
    </message>
    <message>
        <source>The model {name} cannot be tried: the system ended the process that tried it.</source>
        <translation>Le modèle {name} ne peut pas être essayé&#xa0;: le système a mis fin au processus qui l’essayait.</translation>
    </message>
    <message>
        <source>The model {name} cannot be used. {problem}</source>
        <translation>Le modèle {name} ne peut pas être utilisé. {problem}</translation>
    </message>
    <message>
        <source>The model {name} is in use.</source>
        <translation>Le modèle {name} est utilisé.</translation>
    </message>
    <message>
        <source>The model {name} is of no use: it {reason}.</source>
        <translation>Le modèle {name} ne convient pas&#xa0;: il {reason}.</translation>
    </message>
    <message>
        <source>The model {name} is refused: a few pictures took it longer than {timeout_s} seconds.</source>
        <translation>Le modèle {name} est refusé&#xa0;: quelques images lui ont pris plus de {timeout_s} secondes.</translation>
    </message>
    <message>
        <source>The model {name} is refused: it crashed the process that tried it.</source>
        <translation>Le modèle {name} est refusé&#xa0;: il a fait planter le processus qui l’essayait.</translation>
    </message>
    <message>
        <source>The model {name} is refused: it takes more than {size} GB of memory for a few pictures.</source>
        <translation>Le modèle {name} est refusé&#xa0;: il demande plus de {size}&#x202f;Go de mémoire pour quelques images.</translation>
    </message>
    <message>
        <source>The model {name} is there already, under the name {other}.</source>
        <translation>Le modèle {name} est déjà là, sous le nom {other}.</translation>
    </message>
    <message>
        <source>The model {name} is there already.</source>
        <translation>Le modèle {name} est déjà là.</translation>
    </message>
    <message>
        <source>The model {path} cannot be read ({reason}).</source>
        <translation>Le modèle {path} ne peut pas être lu ({reason}).</translation>
    </message>
    <message>
        <source>The model {source} cannot be copied ({reason}).</source>
        <translation>Le modèle {source} ne peut pas être copié ({reason}).</translation>
    </message>
    <message>
        <source>The model {source} cannot be used: {name} is a link to another place.</source>
        <translation>Le modèle {source} ne peut pas être utilisé&#xa0;: {name} est un lien vers un autre endroit.</translation>
    </message>
    <message>
        <source>The model {source} is refused: it takes {needed}.</source>
        <translation>Le modèle {source} est refusé&#xa0;: il demande {needed}.</translation>
    </message>
    <message>
        <source>The model {source} is refused: {item} is larger than it says.</source>
        <translation>Le modèle {source} est refusé&#xa0;: {item} est plus grand qu’annoncé.</translation>
    </message>
    <message>
        <source>The model {source} takes {needed}, and only {free} are free where models are kept, in {parent}.</source>
        <translation>Le modèle {source} demande {needed}, et il ne reste que {free} là où les modèles sont conservés, dans {parent}.</translation>
    </message>
    <message>
        <source>There is no model folder {path}.</source>
        <translation>Il n’y a pas de dossier de modèle {path}.</translation>
    </message>
    <message>
        <source>There is no model in {source}.</source>
        <translation>Il n’y a pas de modèle dans {source}.</translation>
    </message>
    <message>
        <source>There is no model {name} to download.</source>
        <translation>Il n’y a pas de modèle {name} à télécharger.</translation>
    </message>
    <message>
        <source>There is no model {name}.</source>
        <translation>Il n’y a pas de modèle {name}.</translation>
    </message>
    <message>
        <source>There is no model {source}.</source>
        <translation>Il n’y a pas de modèle {source}.</translation>
    </message>
    <message>
        <source>There is no room for {title}: it takes {needed} more, and {free} are free in {parent}.</source>
        <translation>Il n’y a pas assez de place pour {title}&#xa0;: il demande encore {needed}, et il reste {free} dans {parent}.</translation>
    </message>
    <message>
        <source>There may be too little memory: close other programs and try again.</source>
        <translation>La mémoire manque peut-être&#xa0;: fermez d’autres programmes et réessayez.</translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation>Réessayez.</translation>
    </message>
    <message>
        <source>Try again; if it stays so, something between you and the server changes the files.</source>
        <translation>Réessayez&#x202f;; si cela persiste, quelque chose entre vous et le serveur modifie les fichiers.</translation>
    </message>
    <message>
        <source>Unpack it and choose the folder.</source>
        <translation>Décompressez-le et choisissez le dossier.</translation>
    </message>
    <message>
        <source>Unset it and try again.</source>
        <translation>Retirez ce réglage et réessayez.</translation>
    </message>
    <message>
        <source>Use another model first, then remove it.</source>
        <translation>Utilisez d’abord un autre modèle, puis supprimez-le.</translation>
    </message>
    <message>
        <source>Wait until that is done.</source>
        <translation>Attendez que ce soit terminé.</translation>
    </message>
    <message>
        <source>What was fetched is kept: try again and it goes on from there.</source>
        <translation>Ce qui a été téléchargé est conservé&#xa0;: réessayez, et cela reprend là.</translation>
    </message>
    <message>
        <source>`image-seeker models list` names them.</source>
        <translation>`image-seeker models list` les nomme.</translation>
    </message>
    <message>
        <source>asks for an unknown input, {name}</source>
        <translation>demande une entrée inconnue, {name}</translation>
    </message>
    <message>
        <source>cannot be loaded</source>
        <translation>ne peut pas être chargé</translation>
    </message>
    <message>
        <source>cannot be run</source>
        <translation>ne peut pas être exécuté</translation>
    </message>
    <message>
        <source>cannot be used</source>
        <translation>ne peut pas être utilisé</translation>
    </message>
    <message>
        <source>gives a picture another result when it comes with others</source>
        <translation>donne un autre résultat pour une image quand elle vient avec d’autres</translation>
    </message>
    <message>
        <source>gives every {what} the same result</source>
        <translation>donne le même résultat pour chaque {what}</translation>
    </message>
    <message>
        <source>gives no usable results</source>
        <translation>ne donne aucun résultat utilisable</translation>
    </message>
    <message>
        <source>gives results of another length than it should</source>
        <translation>donne des résultats d’une autre longueur que prévu</translation>
    </message>
    <message>
        <source>gives the same {what} another result each time</source>
        <translation>donne chaque fois un autre résultat pour le même contenu ({what})</translation>
    </message>
    <message>
        <source>has no output {name}</source>
        <translation>n’a pas de sortie {name}</translation>
    </message>
    <message>
        <source>is a Jina CLIP, whose image tower wants settings of its own</source>
        <translation>est un Jina CLIP, dont la tour d’images demande ses propres réglages</translation>
    </message>
    <message>
        <source>is a SigLIP 2 of the NaFlex kind, which takes pictures cut into patches</source>
        <translation>est un SigLIP 2 de type NaFlex, qui prend des images découpées en morceaux</translation>
    </message>
    <message>
        <source>is damaged</source>
        <translation>est endommagé</translation>
    </message>
    <message>
        <source>picture</source>
        <translation>image</translation>
    </message>
    <message>
        <source>text</source>
        <translation>texte</translation>
    </message>
    <message>
        <source>the processor (CPU)</source>
        <translation>le processeur (CPU)</translation>
    </message>
    <message>
        <source>{failure}: no process for that can be started.</source>
        <translation>{failure}&#xa0;: aucun processus ne peut être démarré pour cela.</translation>
    </message>
    <message>
        <source>{failure}: the download ended unexpectedly.</source>
        <translation>{failure}&#xa0;: le téléchargement s’est terminé de façon inattendue.</translation>
    </message>
    <message>
        <source>{file} has no usable “{key}”</source>
        <translation>{file} n’a pas de «&#x202f;{key}&#x202f;» utilisable</translation>
    </message>
    <message>
        <source>{file} is not valid JSON</source>
        <translation>{file} n’est pas du JSON valide</translation>
    </message>
    <message>
        <source>{file} is too large</source>
        <translation>{file} est trop grand</translation>
    </message>
    <message>
        <source>{host} does not answer.</source>
        <translation>{host} ne répond pas.</translation>
    </message>
    <message>
        <source>{host} does not know the rest of {file}.</source>
        <translation>{host} ne connaît pas la suite de {file}.</translation>
    </message>
    <message>
        <source>{host} ended {file} too early.</source>
        <translation>{host} a interrompu {file} trop tôt.</translation>
    </message>
    <message>
        <source>{host} gives {repository} only to people who sign in (HTTP {status}).</source>
        <translation>{host} ne donne {repository} qu’aux personnes connectées (HTTP {status}).</translation>
    </message>
    <message>
        <source>{host} has a fault of its own (HTTP {status}).</source>
        <translation>{host} a un défaut de son côté (HTTP {status}).</translation>
    </message>
    <message>
        <source>{host} has no {file} of {repository} any more (HTTP {status}).</source>
        <translation>{host} n’a plus {file} de {repository} (HTTP {status}).</translation>
    </message>
    <message>
        <source>{host} sent another {file} than the one that was checked for this program; it was deleted.</source>
        <translation>{host} a envoyé un autre {file} que celui qui a été vérifié pour ce programme&#x202f;; il a été supprimé.</translation>
    </message>
    <message>
        <source>{host} was asked too often and wants a pause (HTTP {status}).</source>
        <translation>{host} a reçu trop de demandes et veut une pause (HTTP {status}).</translation>
    </message>
    <message>
        <source>{n} GB</source>
        <translation>{n}&#x202f;Go</translation>
    </message>
    <message>
        <source>{n} MB</source>
        <translation>{n}&#x202f;Mo</translation>
    </message>
    <message>
        <source>{n} kB</source>
        <translation>{n}&#x202f;ko</translation>
    </message>
    <message>
        <source>{on_cpu}: the test of another processor ended the program.</source>
        <translation>{on_cpu}&#xa0;: l’essai d’un autre processeur a mis fin au programme.</translation>
    </message>
    <message>
        <source>{on_cpu}: there is no graphics card it could use.</source>
        <translation>{on_cpu}&#xa0;: il n’y a pas de carte graphique utilisable.</translation>
    </message>
    <message>
        <source>{on_cpu}: {titles} failed at its work.</source>
        <translation>{on_cpu}&#xa0;: {titles} a échoué dans son travail.</translation>
    </message>
    <message>
        <source>{source} holds several models.</source>
        <translation>{source} contient plusieurs modèles.</translation>
    </message>
    <message>
        <source>{titles} is no faster</source>
        <translation>{titles} n’est pas plus rapide</translation>
    </message>
    <message>
        <source>{titles}: {ratio} times as fast as the CPU.</source>
        <translation>{titles}&#xa0;: {ratio} fois plus rapide que le processeur.</translation>
    </message>
    <message>
        <source>{title} could not run the model</source>
        <translation>{title} n’a pas pu exécuter le modèle</translation>
    </message>
    <message>
        <source>{title} gave other results (cosine {shown})</source>
        <translation>{title} a donné d’autres résultats (cosinus {shown})</translation>
    </message>
    <message>
        <source>{title} has too little memory</source>
        <translation>{title} manque de mémoire</translation>
    </message>
    <message>
        <source>{title} is being downloaded already.</source>
        <translation>{title} est déjà en cours de téléchargement.</translation>
    </message>
    <message>
        <source>{title} was not downloaded</source>
        <translation>{title} n’a pas été téléchargé</translation>
    </message>
    <message>
        <source>{title} was not downloaded: {message}</source>
        <translation>{title} n’a pas été téléchargé&#xa0;: {message}</translation>
    </message>
</context>
<context>
    <name>Engine: Network</name>
    <message>
        <source>Check the computer&apos;s clock and what filters its connections.</source>
        <translation>Vérifiez l’horloge de l’ordinateur et ce qui filtre ses connexions.</translation>
    </message>
    <message>
        <source>Check the network connection.</source>
        <translation>Vérifiez la connexion au réseau.</translation>
    </message>
    <message>
        <source>Connect and try again.</source>
        <translation>Connectez-vous et réessayez.</translation>
    </message>
    <message>
        <source>The address {host} cannot be found.</source>
        <translation>L’adresse {host} est introuvable.</translation>
    </message>
    <message>
        <source>There is no network.</source>
        <translation>Il n’y a pas de réseau.</translation>
    </message>
    <message>
        <source>{host} cannot be reached.</source>
        <translation>{host} est injoignable.</translation>
    </message>
    <message>
        <source>{host} cannot prove that it is itself ({reason}).</source>
        <translation>{host} ne peut pas prouver son identité ({reason}).</translation>
    </message>
</context>
<context>
    <name>Engine: Search</name>
    <message>
        <source>3 stars or more</source>
        <translation>3 étoiles ou plus</translation>
    </message>
    <message>
        <source>4 stars or more</source>
        <translation>4 étoiles ou plus</translation>
    </message>
    <message>
        <source>5 stars</source>
        <translation>5 étoiles</translation>
    </message>
    <message>
        <source>April</source>
        <translation>avril</translation>
    </message>
    <message>
        <source>August</source>
        <translation>août</translation>
    </message>
    <message>
        <source>December</source>
        <translation>décembre</translation>
    </message>
    <message>
        <source>February</source>
        <translation>février</translation>
    </message>
    <message>
        <source>Index its folder again, or search by something else.</source>
        <translation>Indexez de nouveau son dossier, ou cherchez avec autre chose.</translation>
    </message>
    <message>
        <source>January</source>
        <translation>janvier</translation>
    </message>
    <message>
        <source>July</source>
        <translation>juillet</translation>
    </message>
    <message>
        <source>June</source>
        <translation>juin</translation>
    </message>
    <message>
        <source>Leave one of them out.</source>
        <translation>Retirez l’une d’elles.</translation>
    </message>
    <message>
        <source>March</source>
        <translation>mars</translation>
    </message>
    <message>
        <source>May</source>
        <translation>mai</translation>
    </message>
    <message>
        <source>No picture to search by is in the library and indexed with this model any more.</source>
        <translation>Aucune image de cette recherche n’est encore dans la bibliothèque et indexée avec ce modèle.</translation>
    </message>
    <message>
        <source>November</source>
        <translation>novembre</translation>
    </message>
    <message>
        <source>October</source>
        <translation>octobre</translation>
    </message>
    <message>
        <source>September</source>
        <translation>septembre</translation>
    </message>
    <message>
        <source>The parts of this search cancel each other out.</source>
        <translation>Les parties de cette recherche s’annulent.</translation>
    </message>
    <message>
        <source>The picture to search by is not in the library, or not indexed with this model.</source>
        <translation>L’image avec laquelle chercher n’est pas dans la bibliothèque, ou pas indexée avec ce modèle.</translation>
    </message>
    <message>
        <source>The picture to search with cannot be used. {reason}</source>
        <translation>L’image avec laquelle chercher ne peut pas être utilisée. {reason}</translation>
    </message>
    <message>
        <source>The {what} is not closed.</source>
        <translation>Il manque la fin&#xa0;: {what}.</translation>
    </message>
    <message>
        <source>There is no filter {key}:. {hint}</source>
        <translation>Il n’y a pas de filtre {key}:. {hint}</translation>
    </message>
    <message>
        <source>There is no filter {match}:. Did you mean {key}:?</source>
        <translation>Il n’y a pas de filtre {match}:. Vouliez-vous dire {key}:&#x202f;?</translation>
    </message>
    <message>
        <source>There is nothing to search for.</source>
        <translation>Il n’y a rien à chercher.</translation>
    </message>
    <message>
        <source>Try another one.</source>
        <translation>Essayez-en une autre.</translation>
    </message>
    <message>
        <source>Type some words or give a picture.</source>
        <translation>Tapez quelques mots ou donnez une image.</translation>
    </message>
    <message>
        <source>Write &quot;{value}&quot; in quotation marks for pictures with this in their name.</source>
        <translation>Écrivez &quot;{value}&quot; entre guillemets pour les images dont le nom le contient.</translation>
    </message>
    <message>
        <source>Write after:{value} or before:{value} for when pictures were taken.</source>
        <translation>Écrivez after:{value} ou before:{value} pour la date de prise de vue.</translation>
    </message>
    <message>
        <source>a filter</source>
        <translation>un filtre</translation>
    </message>
    <message>
        <source>a name in quotation marks</source>
        <translation>un nom entre guillemets</translation>
    </message>
    <message>
        <source>a picture can be landscape, portrait, square, screenshot or recent</source>
        <translation>une image peut être landscape, portrait, square, screenshot ou recent</translation>
    </message>
    <message>
        <source>a rating has {n} stars at most</source>
        <translation>une note a {n} étoiles au plus</translation>
    </message>
    <message>
        <source>a weight is 0.1 at least; this one was taken for 0.1</source>
        <translation>un poids est d’au moins 0,1&#x202f;; celui-ci a été pris pour 0,1</translation>
    </message>
    <message>
        <source>a weight is 10 at most; this one was taken for 10</source>
        <translation>un poids est d’au plus 10&#x202f;; celui-ci a été pris pour 10</translation>
    </message>
    <message>
        <source>bracket</source>
        <translation>une parenthèse</translation>
    </message>
    <message>
        <source>files of less than 500 KB</source>
        <translation>fichiers de moins de 500&#x202f;ko</translation>
    </message>
    <message>
        <source>files of more than 5 MB</source>
        <translation>fichiers de plus de 5&#x202f;Mo</translation>
    </message>
    <message>
        <source>landscape, portrait, square, screenshot or recent</source>
        <translation>landscape, portrait, square, screenshot ou recent</translation>
    </message>
    <message>
        <source>larger or smaller pictures</source>
        <translation>images plus grandes ou plus petites</translation>
    </message>
    <message>
        <source>less than 2 megapixels</source>
        <translation>moins de 2 mégapixels</translation>
    </message>
    <message>
        <source>more than 2 megapixels</source>
        <translation>plus de 2 mégapixels</translation>
    </message>
    <message>
        <source>no picture is as large as that</source>
        <translation>aucune image n’est aussi grande</translation>
    </message>
    <message>
        <source>pictures higher than wide</source>
        <translation>images plus hautes que larges</translation>
    </message>
    <message>
        <source>pictures in that folder</source>
        <translation>images de ce dossier-là</translation>
    </message>
    <message>
        <source>pictures in this folder</source>
        <translation>images de ce dossier</translation>
    </message>
    <message>
        <source>pictures of a screen</source>
        <translation>images d’un écran</translation>
    </message>
    <message>
        <source>pictures of that file type</source>
        <translation>images de ce type de fichier</translation>
    </message>
    <message>
        <source>pictures of this type cannot be read yet, so none can be found</source>
        <translation>les images de ce type ne peuvent pas encore être lues, on n’en trouve donc pas</translation>
    </message>
    <message>
        <source>pictures taken before that day</source>
        <translation>images prises avant ce jour</translation>
    </message>
    <message>
        <source>pictures taken from that day on</source>
        <translation>images prises à partir de ce jour</translation>
    </message>
    <message>
        <source>pictures taken with that camera</source>
        <translation>images prises avec cet appareil-là</translation>
    </message>
    <message>
        <source>pictures taken with this camera</source>
        <translation>images prises avec cet appareil</translation>
    </message>
    <message>
        <source>pictures that came into the library last</source>
        <translation>images arrivées en dernier dans la bibliothèque</translation>
    </message>
    <message>
        <source>pictures wider than high</source>
        <translation>images plus larges que hautes</translation>
    </message>
    <message>
        <source>pictures with equal sides</source>
        <translation>images à côtés égaux</translation>
    </message>
    <message>
        <source>pictures with so many stars</source>
        <translation>images avec autant d’étoiles</translation>
    </message>
    <message>
        <source>pictures with that tag</source>
        <translation>images avec ce mot-clé</translation>
    </message>
    <message>
        <source>pictures with this tag</source>
        <translation>images avec ce mot-clé</translation>
    </message>
    <message>
        <source>pictures without a rating</source>
        <translation>images sans note</translation>
    </message>
    <message>
        <source>quotation mark</source>
        <translation>un guillemet</translation>
    </message>
    <message>
        <source>say in what it is measured: mp (megapixels), kb or mb</source>
        <translation>dites en quoi on mesure&#xa0;: mp (mégapixels), kb ou mb</translation>
    </message>
    <message>
        <source>say whether more or less is meant: size:&gt;{asked} or size:&lt;{asked}</source>
        <translation>dites si c’est plus ou moins&#xa0;: size:&gt;{asked} ou size:&lt;{asked}</translation>
    </message>
    <message>
        <source>the value is missing; write it right behind the colon, as in {example}</source>
        <translation>la valeur manque&#x202f;; écrivez-la juste après les deux-points, comme dans {example}</translation>
    </message>
    <message>
        <source>there is no day 0</source>
        <translation>il n’y a pas de jour 0</translation>
    </message>
    <message>
        <source>there is no measure &quot;{unit}&quot;; known are mp, kb and mb</source>
        <translation>il n’y a pas de mesure &quot;{unit}&quot;&#x202f;; on connaît mp, kb et mb</translation>
    </message>
    <message>
        <source>there is no month {first} and no month {second}</source>
        <translation>il n’y a ni mois {first} ni mois {second}</translation>
    </message>
    <message>
        <source>there is no month {month}</source>
        <translation>il n’y a pas de mois {month}</translation>
    </message>
    <message>
        <source>there is no such rating</source>
        <translation>il n’existe pas de telle note</translation>
    </message>
    <message>
        <source>there is no such type; known are {known}</source>
        <translation>il n’y a pas de tel type&#x202f;; on connaît {known}</translation>
    </message>
    <message>
        <source>there is no year 0</source>
        <translation>il n’y a pas d’année 0</translation>
    </message>
    <message>
        <source>there is no {day} of {month}</source>
        <translation>il n’y a pas de {day} {month}</translation>
    </message>
    <message>
        <source>there is no {day} of {month} in {year}</source>
        <translation>il n’y a pas de {day} {month} en {year}</translation>
    </message>
    <message>
        <source>this can be two days; write {one} or {other}</source>
        <translation>ce peut être deux jours&#x202f;; écrivez {one} ou {other}</translation>
    </message>
    <message>
        <source>this is no number and was taken for 1</source>
        <translation>ce n’est pas un nombre&#x202f;; pris pour 1</translation>
    </message>
    <message>
        <source>this names no folder</source>
        <translation>cela ne nomme aucun dossier</translation>
    </message>
    <message>
        <source>write a year, a month or a day, such as 2023, 2023-05 or 2023-05-17</source>
        <translation>écrivez une année, un mois ou un jour, comme 2023, 2023-05 ou 2023-05-17</translation>
    </message>
    <message>
        <source>write how many stars, such as rating:3, rating:&gt;=4, rating:2-4 or rating:none</source>
        <translation>écrivez le nombre d’étoiles, par exemple rating:3, rating:&gt;=4, rating:2-4 ou rating:none</translation>
    </message>
    <message>
        <source>write more or less than how much, such as size:&gt;2mp or size:&lt;500kb</source>
        <translation>écrivez plus ou moins que combien, comme size:&gt;2mp ou size:&lt;500kb</translation>
    </message>
    <message>
        <source>write the year with four digits</source>
        <translation>écrivez l’année avec quatre chiffres</translation>
    </message>
    <message>
        <source>{known} pictures</source>
        <translation>images {known}</translation>
    </message>
    <message>
        <source>{n}nd</source>
        <translation>{n}</translation>
    </message>
    <message>
        <source>{n}rd</source>
        <translation>{n}</translation>
    </message>
    <message>
        <source>{n}st</source>
        <translation>{n}</translation>
    </message>
    <message>
        <source>{n}th</source>
        <translation>{n}</translation>
    </message>
    <message>
        <source>{shown}: {reason}.</source>
        <translation>{shown}&#xa0;: {reason}.</translation>
    </message>
    <message>
        <source>{weight}: {what} has no weight; only words have one.</source>
        <translation>{weight}&#xa0;: {what} n’a pas de poids&#x202f;; seuls les mots en ont un.</translation>
    </message>
</context>
<context>
    <name>Engine: Settings</name>
    <message>
        <source>Look at the permissions of this file, and whether the disk is full.</source>
        <translation>Vérifiez les droits de ce fichier, et si le disque n’est pas plein.</translation>
    </message>
    <message>
        <source>The setting {name} must be a list of texts.</source>
        <translation>Le réglage {name} doit être une liste de textes.</translation>
    </message>
    <message>
        <source>The setting {name} must be a whole number above 0.</source>
        <translation>Le réglage {name} doit être un nombre entier supérieur à 0.</translation>
    </message>
    <message>
        <source>The setting {name} must be true or false.</source>
        <translation>Le réglage {name} doit valoir true ou false.</translation>
    </message>
    <message>
        <source>The settings could not be read; what was written there is in {path} now.</source>
        <translation>Les réglages n’ont pas pu être lus&#x202f;; ce qui y était écrit est maintenant dans {path}.</translation>
    </message>
    <message>
        <source>The settings in {path} are no text; those of a new library count.</source>
        <translation>Les réglages dans {path} ne sont pas du texte&#x202f;; ceux d’une nouvelle bibliothèque comptent.</translation>
    </message>
    <message>
        <source>The settings in {path} are not a JSON object; those of a new library count.</source>
        <translation>Les réglages dans {path} ne sont pas un objet JSON&#x202f;; ceux d’une nouvelle bibliothèque s’appliquent.</translation>
    </message>
    <message>
        <source>The settings in {path} cannot be changed ({reason}).</source>
        <translation>Les réglages dans {path} ne peuvent pas être modifiés ({reason}).</translation>
    </message>
    <message>
        <source>The settings in {path} cannot be read ({reason}); those of a new library count.</source>
        <translation>Les réglages dans {path} ne peuvent pas être lus ({reason})&#x202f;; ceux d’une nouvelle bibliothèque s’appliquent.</translation>
    </message>
    <message>
        <source>The settings in {path} have a mistake in line {line}, column {column}; those of a new library count.</source>
        <translation>Les réglages dans {path} ont une erreur à la ligne {line}, colonne {column}&#x202f;; ceux d’une nouvelle bibliothèque comptent.</translation>
    </message>
    <message>
        <source>There is no setting {name}; known are {names}.</source>
        <translation>Il n’existe pas de réglage {name}&#x202f;; les réglages connus sont {names}.</translation>
    </message>
</context>
<context>
    <name>Engine: Updates</name>
    <message>
        <source>Look at the project&apos;s page in a browser instead.</source>
        <translation>Consultez plutôt la page du projet dans un navigateur.</translation>
    </message>
    <message>
        <source>The connection to {host} broke off.</source>
        <translation>La connexion à {host} a été interrompue.</translation>
    </message>
    <message>
        <source>The newest version could not be learned</source>
        <translation>La version la plus récente n’a pas pu être connue</translation>
    </message>
    <message>
        <source>Try again in an hour.</source>
        <translation>Réessayez dans une heure.</translation>
    </message>
    <message>
        <source>Try again later.</source>
        <translation>Réessayez plus tard.</translation>
    </message>
    <message>
        <source>{host} answered with something that is no release.</source>
        <translation>{host} a répondu par autre chose qu’une version.</translation>
    </message>
    <message>
        <source>{host} does not answer.</source>
        <translation>{host} ne répond pas.</translation>
    </message>
    <message>
        <source>{host} has a fault of its own (HTTP {status}).</source>
        <translation>{host} a un défaut de son côté (HTTP {status}).</translation>
    </message>
    <message>
        <source>{host} knows of no release (HTTP {status}).</source>
        <translation>{host} ne connaît aucune version (HTTP {status}).</translation>
    </message>
    <message>
        <source>{host} sends more than a release can be.</source>
        <translation>{host} envoie plus que ne peut contenir une version.</translation>
    </message>
    <message>
        <source>{host} sends on to another address, which was not asked.</source>
        <translation>{host} renvoie vers une autre adresse, qui n’a pas été interrogée.</translation>
    </message>
    <message>
        <source>{host} was asked too often and wants a pause (HTTP {status}).</source>
        <translation>{host} a reçu trop de demandes et veut une pause (HTTP {status}).</translation>
    </message>
</context>
<context>
    <name>Engine: Work</name>
    <message>
        <source>Paused</source>
        <translation>En pause</translation>
    </message>
    <message>
        <source>Paused: the battery is below 20%.</source>
        <translation>En pause&#xa0;: la batterie est sous 20&#x202f;%.</translation>
    </message>
</context>
<context>
    <name>Examples</name>
    <message>
        <source>Examples of searches</source>
        <translation>Exemples de recherches</translation>
    </message>
    <message>
        <source>Search for {words}</source>
        <translation>Rechercher {words}</translation>
    </message>
    <message>
        <source>There are too few pictures to make examples of. Just type what one shows.</source>
        <translation>Il y a trop peu d’images pour en tirer des exemples. Tapez simplement ce qu’une image montre.</translation>
    </message>
    <message>
        <source>Try</source>
        <translation>Essayez</translation>
    </message>
</context>
<context>
    <name>Export</name>
    <message>
        <source> px</source>
        <translation>&#x202f;px</translation>
    </message>
    <message>
        <source>A PDF with all of them and their names</source>
        <translation>Un PDF avec toutes les images et leurs noms</translation>
    </message>
    <message>
        <source>All but the place</source>
        <translation>Tout sauf le lieu</translation>
    </message>
    <message>
        <source>As they are</source>
        <translation>Telles quelles</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>Choisissez un autre dossier.</translation>
    </message>
    <message>
        <source>Choose folder…</source>
        <translation>Choisir un dossier…</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Colonnes</translation>
    </message>
    <message>
        <source>Contact sheet</source>
        <translation>Planche-contact</translation>
    </message>
    <message>
        <source>Contact sheet.pdf</source>
        <translation>Planche-contact.pdf</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Détails</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Tout</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exporter</translation>
    </message>
    <message>
        <source>Export into a folder</source>
        <translation>Exporter vers un dossier</translation>
    </message>
    <message>
        <source>How much is done</source>
        <translation>Part déjà faite</translation>
    </message>
    <message>
        <source>Into: {folder}</source>
        <translation>Vers&#xa0;: {folder}</translation>
    </message>
    <message>
        <source>JPEGs, upright</source>
        <translation>JPEG, redressées</translation>
    </message>
    <message>
        <source>Longest side</source>
        <translation>Plus grand côté</translation>
    </message>
    <message>
        <source>No folder is chosen yet.</source>
        <translation>Aucun dossier n’est encore choisi.</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>Rien</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualité</translation>
    </message>
    <message>
        <source>Select pictures first.</source>
        <translation>Sélectionnez d’abord des images.</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Plus petites</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>The disk is full.</source>
        <translation>Le disque est plein.</translation>
    </message>
    <message>
        <source>The files themselves, with their XMP files</source>
        <translation>Les fichiers eux-mêmes, avec leurs fichiers XMP</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} sur {total}</translation>
    </message>
    <message>
        <source>{path} cannot be written.</source>
        <translation>{path} ne peut pas être écrit.</translation>
    </message>
</context>
<context>
    <name>Files</name>
    <message>
        <source>1 file copied.</source>
        <translation>1 fichier copié.</translation>
    </message>
    <message>
        <source>1 path copied.</source>
        <translation>1 chemin copié.</translation>
    </message>
    <message>
        <source>1 picture exported to {folder}.</source>
        <translation>1 image exportée vers {folder}.</translation>
    </message>
    <message>
        <source>1 picture is back.</source>
        <translation>1 image est de retour.</translation>
    </message>
    <message>
        <source>1 picture moved to the trash.</source>
        <translation>1 image mise à la corbeille.</translation>
    </message>
    <message>
        <source>1 picture moved to {folder}.</source>
        <translation>1 image déplacée vers {folder}.</translation>
    </message>
    <message>
        <source>Another folder…</source>
        <translation>Autre dossier…</translation>
    </message>
    <message>
        <source>Another program keeps the clipboard busy. Copy once more.</source>
        <translation>Un autre programme occupe le presse-papiers. Copiez encore une fois.</translation>
    </message>
    <message>
        <source>Files with which it could not be done</source>
        <translation>Fichiers pour lesquels cela n’a pas été possible</translation>
    </message>
    <message>
        <source>It could not be done with {count} pictures.</source>
        <translation>Cela n’a pas été possible pour {count} images.</translation>
    </message>
    <message>
        <source>It could not be done with {count} pictures: {reason}</source>
        <translation>Cela n’a pas été possible pour {count} images&#xa0;: {reason}</translation>
    </message>
    <message>
        <source>It is called {name} again.</source>
        <translation>Elle s’appelle à nouveau {name}.</translation>
    </message>
    <message>
        <source>It is in no folder of the library there.</source>
        <translation>Là, elle n’est dans aucun dossier de la bibliothèque.</translation>
    </message>
    <message>
        <source>Move into a folder</source>
        <translation>Déplacer vers un dossier</translation>
    </message>
    <message>
        <source>Move to folder</source>
        <translation>Déplacer vers le dossier</translation>
    </message>
    <message>
        <source>Move to trash</source>
        <translation>Mettre à la corbeille</translation>
    </message>
    <message>
        <source>Move {count} pictures to the trash?</source>
        <translation>Mettre {count} images à la corbeille&#x202f;?</translation>
    </message>
    <message>
        <source>Moving {done} of {total}</source>
        <translation>Déplacement {done} sur {total}</translation>
    </message>
    <message>
        <source>Moving {done} of {total} to the trash</source>
        <translation>Mise à la corbeille {done} sur {total}</translation>
    </message>
    <message>
        <source>No file manager was found to show {folder}.</source>
        <translation>Aucun gestionnaire de fichiers n’a été trouvé pour afficher {folder}.</translation>
    </message>
    <message>
        <source>No program is set up to open {name}.</source>
        <translation>Aucun programme n’est prévu pour ouvrir {name}.</translation>
    </message>
    <message>
        <source>Not done</source>
        <translation>Non fait</translation>
    </message>
    <message>
        <source>Not {name}: {reason}</source>
        <translation>Échec pour {name}&#xa0;: {reason}</translation>
    </message>
    <message>
        <source>Nothing had to be done.</source>
        <translation>Il n’y avait rien à faire.</translation>
    </message>
    <message>
        <source>Only {count} of them are shown in the file manager.</source>
        <translation>Seules {count} d’entre elles sont affichées dans le gestionnaire de fichiers.</translation>
    </message>
    <message>
        <source>Open with</source>
        <translation>Ouvrir avec</translation>
    </message>
    <message>
        <source>Picture copied.</source>
        <translation>Image copiée.</translation>
    </message>
    <message>
        <source>Press F5 to look through your folders again.</source>
        <translation>Appuyez sur F5 pour parcourir de nouveau vos dossiers.</translation>
    </message>
    <message>
        <source>Programs (*.app)</source>
        <translation>Programmes (*.app)</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Renommer</translation>
    </message>
    <message>
        <source>Renamed to {name}.</source>
        <translation>Renommée en {name}.</translation>
    </message>
    <message>
        <source>Renaming {done} of {total}</source>
        <translation>Renommage {done} sur {total}</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Afficher</translation>
    </message>
    <message>
        <source>Stopped; what was done stays.</source>
        <translation>Arrêté&#x202f;; ce qui est fait le reste.</translation>
    </message>
    <message>
        <source>The system knows no program for such pictures.</source>
        <translation>Le système ne connaît aucun programme pour ces images.</translation>
    </message>
    <message>
        <source>They are in no folder of the library there.</source>
        <translation>Là, elles ne sont dans aucun dossier de la bibliothèque.</translation>
    </message>
    <message>
        <source>This picture cannot be opened now.</source>
        <translation>Cette image ne peut pas être ouverte maintenant.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>{count} files copied.</source>
        <translation>{count} fichiers copiés.</translation>
    </message>
    <message>
        <source>{count} more were left out: that is too many at once.</source>
        <translation>{count} autres ont été laissées de côté&#xa0;: c’est trop à la fois.</translation>
    </message>
    <message>
        <source>{count} paths copied.</source>
        <translation>{count} chemins copiés.</translation>
    </message>
    <message>
        <source>{count} pictures are back.</source>
        <translation>{count} images sont de retour.</translation>
    </message>
    <message>
        <source>{count} pictures exported to {folder}.</source>
        <translation>{count} images exportées vers {folder}.</translation>
    </message>
    <message>
        <source>{count} pictures moved to the trash.</source>
        <translation>{count} images mises à la corbeille.</translation>
    </message>
    <message>
        <source>{count} pictures moved to {folder}.</source>
        <translation>{count} images déplacées vers {folder}.</translation>
    </message>
    <message>
        <source>{name} is not at its place any more.</source>
        <translation>{name} n’est plus à sa place.</translation>
    </message>
    <message>
        <source>{n} GB</source>
        <translation>{n}&#x202f;Go</translation>
    </message>
    <message>
        <source>{n} KB</source>
        <translation>{n}&#x202f;ko</translation>
    </message>
    <message>
        <source>{n} MB</source>
        <translation>{n}&#x202f;Mo</translation>
    </message>
    <message>
        <source>{n} file</source>
        <translation>{n} fichier</translation>
    </message>
    <message>
        <source>{n} files</source>
        <translation>{n} fichiers</translation>
    </message>
    <message>
        <source>{program} does not start.</source>
        <translation>{program} ne démarre pas.</translation>
    </message>
</context>
<context>
    <name>FirstRun</name>
    <message>
        <source>Another folder…</source>
        <translation>Autre dossier…</translation>
    </message>
    <message>
        <source>Built-in model</source>
        <translation>Modèle intégré</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>Choisir un dossier…</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Continuer</translation>
    </message>
    <message>
        <source>Drop a picture on the search line to find similar ones</source>
        <translation>Déposez une image sur la barre de recherche pour trouver des images similaires</translation>
    </message>
    <message>
        <source>Find them by what they show</source>
        <translation>Trouvez-les par ce qu’elles montrent</translation>
    </message>
    <message>
        <source>First steps</source>
        <translation>Premiers pas</translation>
    </message>
    <message>
        <source>Put a minus before what it must not show: beach -people</source>
        <translation>Mettez un signe moins devant ce qu’elle ne doit pas montrer&#xa0;: plage -gens</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Passer</translation>
    </message>
    <message>
        <source>Small and quick, and there already · English</source>
        <translation>Petit et rapide, déjà là · anglais</translation>
    </message>
    <message>
        <source>Start searching</source>
        <translation>Commencer à rechercher</translation>
    </message>
    <message>
        <source>Step {n} of 3</source>
        <translation>Étape {n} sur 3</translation>
    </message>
    <message>
        <source>The built-in model is ready. Others know more languages, and are downloaded when you choose one.</source>
        <translation>Le modèle intégré est prêt. D’autres connaissent plus de langues&#x202f;; ils sont téléchargés quand vous en choisissez un.</translation>
    </message>
    <message>
        <source>They stay where they are, and nothing leaves this computer. You can also drop a folder here.</source>
        <translation>Elles restent où elles sont, et rien ne quitte cet ordinateur. Vous pouvez aussi déposer un dossier ici.</translation>
    </message>
    <message>
        <source>Type what a picture shows: two dogs in the snow</source>
        <translation>Tapez ce qu’une image montre, en anglais avec le modèle intégré&#xa0;: two dogs in the snow</translation>
    </message>
    <message>
        <source>Use {folder}</source>
        <translation>Utiliser {folder}</translation>
    </message>
    <message>
        <source>Where are your pictures?</source>
        <translation>Où sont vos images&#x202f;?</translation>
    </message>
    <message>
        <source>Who should look at them?</source>
        <translation>Qui doit les regarder&#x202f;?</translation>
    </message>
</context>
<context>
    <name>Folders</name>
    <message>
        <source>Add a folder</source>
        <translation>Ajouter un dossier</translation>
    </message>
    <message>
        <source>Add a folder of pictures</source>
        <translation>Ajouter un dossier d’images</translation>
    </message>
    <message>
        <source>Add a folder of pictures (Ctrl+O)</source>
        <translation>Ajouter un dossier d’images (Ctrl+O)</translation>
    </message>
    <message>
        <source>Add folder…</source>
        <translation>Ajouter un dossier…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Dossiers</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Oublier</translation>
    </message>
    <message>
        <source>Forget {folder}? It leaves the library; no file is touched.</source>
        <translation>Oublier {folder}&#x202f;? Ce dossier quitte la bibliothèque&#x202f;; aucun fichier n’est touché.</translation>
    </message>
    <message>
        <source>Forget {folder}? Its {n} picture leaves the library; no file is touched.</source>
        <translation>Oublier {folder}&#x202f;? Son unique image ({n}) quitte la bibliothèque&#x202f;; aucun fichier n’est touché.</translation>
    </message>
    <message>
        <source>Forget {folder}? Its {n} pictures leave the library; no file is touched.</source>
        <translation>Oublier {folder}&#x202f;? Ses {n} images quittent la bibliothèque&#x202f;; aucun fichier n’est touché.</translation>
    </message>
    <message>
        <source>Forget {folder}? The {n} picture leaves the library; no file is touched.</source>
        <translation>Oublier {folder}&#x202f;? L’image ({n}) quitte la bibliothèque&#x202f;; aucun fichier n’est touché.</translation>
    </message>
    <message>
        <source>Forget {folder}? The {n} pictures leave the library; no file is touched.</source>
        <translation>Oublier {folder}&#x202f;? Les {n} images quittent la bibliothèque&#x202f;; aucun fichier n’est touché.</translation>
    </message>
    <message>
        <source>Forgetting it…</source>
        <translation>Oubli en cours…</translation>
    </message>
    <message>
        <source>Forgetting… {percent}%</source>
        <translation>Oubli en cours… {percent}&#x202f;%</translation>
    </message>
    <message>
        <source>Forget…</source>
        <translation>Oublier…</translation>
    </message>
    <message>
        <source>Getting ready to watch…</source>
        <translation>Préparation de la surveillance…</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Garder</translation>
    </message>
    <message>
        <source>Locate…</source>
        <translation>Localiser…</translation>
    </message>
    <message>
        <source>Look for changes</source>
        <translation>Chercher les changements</translation>
    </message>
    <message>
        <source>Looked through every few minutes</source>
        <translation>Parcouru toutes les quelques minutes</translation>
    </message>
    <message>
        <source>Looked through on {date}</source>
        <translation>Parcouru le {date}</translation>
    </message>
    <message>
        <source>Looking whether its pictures are there…</source>
        <translation>Vérification de la présence de ses images…</translation>
    </message>
    <message>
        <source>No folder is in the library yet. Add one, or drop it on the window.</source>
        <translation>Aucun dossier n’est encore dans la bibliothèque. Ajoutez-en un, ou déposez-le sur la fenêtre.</translation>
    </message>
    <message>
        <source>Not looked through yet</source>
        <translation>Pas encore parcouru</translation>
    </message>
    <message>
        <source>Offline. {reason} You can still search its pictures.</source>
        <translation>Hors ligne. {reason} Vous pouvez toujours rechercher ses images.</translation>
    </message>
    <message>
        <source>Offline: its drive is not connected, or the folder was moved or may not be read. You can still search its pictures.</source>
        <translation>Hors ligne&#xa0;: son disque n’est pas connecté, ou le dossier a été déplacé ou ne peut pas être lu. Vous pouvez toujours rechercher ses images.</translation>
    </message>
    <message>
        <source>Remove {n} from the library</source>
        <comment>So many pictures</comment>
        <translation>Retirer {n} de la bibliothèque</translation>
    </message>
    <message>
        <source>Removing them…</source>
        <translation>Retrait en cours…</translation>
    </message>
    <message>
        <source>Say where this folder is now; nothing is indexed again</source>
        <translation>Indiquer où se trouve maintenant ce dossier&#x202f;; rien n’est réindexé</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Afficher</translation>
    </message>
    <message>
        <source>Show folders</source>
        <translation>Afficher les dossiers</translation>
    </message>
    <message>
        <source>Show what could not be read: {folder}</source>
        <translation>Afficher ce qui n’a pas pu être lu&#xa0;: {folder}</translation>
    </message>
    <message>
        <source>Stopped. {folder} is still in the library, with the pictures that are left.</source>
        <translation>Arrêté. {folder} est toujours dans la bibliothèque, avec les images qui restent.</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Arrêt…</translation>
    </message>
    <message>
        <source>The library takes {size} on disk: {known} what is known of the pictures, {quick} quick search, {thumbnails} thumbnails.</source>
        <translation>La bibliothèque occupe {size} sur le disque&#xa0;: {known} pour ce que l’on sait des images, {quick} pour la recherche rapide, {thumbnails} pour les miniatures.</translation>
    </message>
    <message>
        <source>They stay in the library until you say so.</source>
        <translation>Elles restent dans la bibliothèque jusqu’à votre décision.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Waits until indexing is done…</source>
        <translation>En attente de la fin de l’indexation…</translation>
    </message>
    <message>
        <source>Watching</source>
        <translation>Surveillé</translation>
    </message>
    <message>
        <source>Watching. {reason}</source>
        <translation>Surveillé. {reason}</translation>
    </message>
    <message>
        <source>Where is {folder} now?</source>
        <translation>Où se trouve maintenant {folder}&#x202f;?</translation>
    </message>
    <message>
        <source>{folder} is at {path} now.</source>
        <translation>{folder} se trouve maintenant dans {path}.</translation>
    </message>
    <message>
        <source>{folder} left the library. No file was touched.</source>
        <translation>{folder} a quitté la bibliothèque. Aucun fichier n’a été touché.</translation>
    </message>
    <message>
        <source>{gone}, and from {n} other folder</source>
        <translation>{gone}, et de {n} autre dossier</translation>
    </message>
    <message>
        <source>{gone}, and from {n} other folders</source>
        <translation>{gone}, et de {n} autres dossiers</translation>
    </message>
    <message>
        <source>{n} file could not be read</source>
        <translation>{n} fichier n’a pas pu être lu</translation>
    </message>
    <message>
        <source>{n} files could not be read</source>
        <translation>{n} fichiers n’ont pas pu être lus</translation>
    </message>
    <message>
        <source>{n} folder</source>
        <translation>{n} dossier</translation>
    </message>
    <message>
        <source>{n} folder, {away} offline</source>
        <translation>{n} dossier, {away} hors ligne</translation>
    </message>
    <message>
        <source>{n} folders</source>
        <translation>{n} dossiers</translation>
    </message>
    <message>
        <source>{n} folders, {away} offline</source>
        <translation>{n} dossiers, {away} hors ligne</translation>
    </message>
    <message>
        <source>{n} of {pictures} are gone</source>
        <translation>{n} sur {pictures} ont disparu</translation>
    </message>
    <message>
        <source>{n} of {pictures} are gone from {folder}</source>
        <translation>{n} sur {pictures} ont disparu de {folder}</translation>
    </message>
    <message>
        <source>{n} of {pictures} are gone; they stay in the library</source>
        <translation>{n} sur {pictures} ont disparu&#x202f;; elles restent dans la bibliothèque</translation>
    </message>
    <message>
        <source>{n} of {pictures} is gone</source>
        <translation>{n} sur {pictures} a disparu</translation>
    </message>
    <message>
        <source>{n} of {pictures} is gone from {folder}</source>
        <translation>{n} sur {pictures} a disparu de {folder}</translation>
    </message>
    <message>
        <source>{n} of {pictures} is gone; it stays in the library</source>
        <translation>{n} sur {pictures} a disparu&#x202f;; elle reste dans la bibliothèque</translation>
    </message>
    <message>
        <source>{n} picture removed from the library. No file was touched.</source>
        <translation>{n} image retirée de la bibliothèque. Aucun fichier n’a été touché.</translation>
    </message>
    <message>
        <source>{n} pictures removed from the library. No file was touched.</source>
        <translation>{n} images retirées de la bibliothèque. Aucun fichier n’a été touché.</translation>
    </message>
    <message>
        <source>{n} single picture</source>
        <translation>{n} image isolée</translation>
    </message>
    <message>
        <source>{n} single picture left the library. No file was touched.</source>
        <translation>{n} image isolée a quitté la bibliothèque. Aucun fichier n’a été touché.</translation>
    </message>
    <message>
        <source>{n} single pictures</source>
        <translation>{n} images isolées</translation>
    </message>
    <message>
        <source>{n} single pictures left the library. No file was touched.</source>
        <translation>{n} images isolées ont quitté la bibliothèque. Aucun fichier n’a été touché.</translation>
    </message>
</context>
<context>
    <name>Grid</name>
    <message>
        <source>No name begins with “{typed}”</source>
        <translation>Aucun nom ne commence par «&#x202f;{typed}&#x202f;»</translation>
    </message>
    <message>
        <source>Picture {number} of {count}</source>
        <translation>Image {number} sur {count}</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Images</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>Add a folder of pictures; dropping one on the window does the same</source>
        <translation>Ajouter un dossier d’images&#x202f;; en déposer un sur la fenêtre fait de même</translation>
    </message>
    <message>
        <source>Add folder</source>
        <translation>Ajouter un dossier</translation>
    </message>
    <message>
        <source>Folders, searches and tags (Ctrl+B)</source>
        <translation>Dossiers, recherches et mots-clés (Ctrl+B)</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>Inspecteur</translation>
    </message>
    <message>
        <source>Size of the pictures</source>
        <translation>Taille des images</translation>
    </message>
    <message>
        <source>What is known of the pictures (Ctrl+I)</source>
        <translation>Ce que l’on sait des images (Ctrl+I)</translation>
    </message>
</context>
<context>
    <name>Indexing</name>
    <message>
        <source>Continue</source>
        <translation>Continuer</translation>
    </message>
    <message>
        <source>Nothing new was found.</source>
        <translation>Rien de nouveau.</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Afficher</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Arrêté.</translation>
    </message>
    <message>
        <source>The folder {name} could not be reached.</source>
        <translation>Le dossier {name} n’a pas pu être atteint.</translation>
    </message>
    <message>
        <source>There is no picture in {name}.</source>
        <translation>Il n’y a aucune image dans {name}.</translation>
    </message>
    <message>
        <source>There is no picture in {n} folders.</source>
        <translation>Il n’y a aucune image dans {n} dossiers.</translation>
    </message>
    <message>
        <source>{n} file could not be read.</source>
        <translation>{n} fichier n’a pas pu être lu.</translation>
    </message>
    <message>
        <source>{n} files could not be read.</source>
        <translation>{n} fichiers n’ont pas pu être lus.</translation>
    </message>
    <message>
        <source>{n} folders could not be reached.</source>
        <translation>{n} dossiers n’ont pas pu être atteints.</translation>
    </message>
    <message>
        <source>{n} picture added</source>
        <translation>{n} image ajoutée</translation>
    </message>
    <message>
        <source>{n} picture found at a new place</source>
        <translation>{n} image retrouvée ailleurs</translation>
    </message>
    <message>
        <source>{n} picture gone</source>
        <translation>{n} image disparue</translation>
    </message>
    <message>
        <source>{n} picture updated</source>
        <translation>{n} image mise à jour</translation>
    </message>
    <message>
        <source>{n} pictures added</source>
        <translation>{n} images ajoutées</translation>
    </message>
    <message>
        <source>{n} pictures found at a new place</source>
        <translation>{n} images retrouvées ailleurs</translation>
    </message>
    <message>
        <source>{n} pictures gone</source>
        <translation>{n} images disparues</translation>
    </message>
    <message>
        <source>{n} pictures updated</source>
        <translation>{n} images mises à jour</translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>+ tag</source>
        <translation>+ mot-clé</translation>
    </message>
    <message>
        <source>Add a tag</source>
        <translation>Ajouter un mot-clé</translation>
    </message>
    <message>
        <source>Adding up…</source>
        <translation>Calcul en cours…</translation>
    </message>
    <message>
        <source>All in {folder}</source>
        <translation>Toutes dans {folder}</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Copy the place</source>
        <translation>Copier le lieu</translation>
    </message>
    <message>
        <source>Enter adds it; several with commas between</source>
        <translation>Entrée l’ajoute&#x202f;; plusieurs avec des virgules</translation>
    </message>
    <message>
        <source>File changed {date}</source>
        <translation>Fichier modifié le {date}</translation>
    </message>
    <message>
        <source>In {number} folders</source>
        <translation>Dans {number} dossiers</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>Inspecteur</translation>
    </message>
    <message>
        <source>Keywords: {keywords}</source>
        <translation>Mots-clés&#xa0;: {keywords}</translation>
    </message>
    <message>
        <source>No picture is shown</source>
        <translation>Aucune image n’est affichée</translation>
    </message>
    <message>
        <source>Rate: a click, arrows or 0–5</source>
        <translation>Noter&#xa0;: un clic, les flèches ou 0–5</translation>
    </message>
    <message>
        <source>Rating: mixed</source>
        <translation>Note&#xa0;: diverses</translation>
    </message>
    <message>
        <source>Rating: none</source>
        <translation>Note&#xa0;: aucune</translation>
    </message>
    <message>
        <source>Rating: {stars} of 5 stars</source>
        <translation>Note&#xa0;: {stars} étoiles sur 5</translation>
    </message>
    <message>
        <source>Search in {folder}</source>
        <translation>Rechercher dans {folder}</translation>
    </message>
    <message>
        <source>Tag {tag}</source>
        <translation>Mot-clé {tag}</translation>
    </message>
    <message>
        <source>Take the tag {tag} away</source>
        <translation>Retirer le mot-clé {tag}</translation>
    </message>
    <message>
        <source>The picture</source>
        <translation>L’image</translation>
    </message>
    <message>
        <source>They are gone.</source>
        <translation>Elles ont disparu.</translation>
    </message>
    <message>
        <source>Why it is here</source>
        <translation>Pourquoi elle est là</translation>
    </message>
    <message>
        <source>mixed</source>
        <translation>diverses</translation>
    </message>
    <message>
        <source>{number} of them are gone</source>
        <translation>{number} d’entre elles ont disparu</translation>
    </message>
    <message>
        <source>{n} MP</source>
        <comment>Megapixels</comment>
        <translation>{n}&#x202f;Mpx</translation>
    </message>
    <message>
        <source>{pictures} selected</source>
        <translation>{pictures} sélectionnées</translation>
    </message>
    <message>
        <source>{pictures} shown</source>
        <translation>{pictures} affichées</translation>
    </message>
    <message>
        <source>{some} of {every} pictures have it</source>
        <translation>{some} images sur {every} l’ont</translation>
    </message>
</context>
<context>
    <name>Jobs</name>
    <message>
        <source>Adding {model}</source>
        <translation>Ajout de {model}</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Cancel: {job}</source>
        <translation>Annuler&#xa0;: {job}</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Effacer</translation>
    </message>
    <message>
        <source>Clear messages</source>
        <translation>Effacer les messages</translation>
    </message>
    <message>
        <source>Continue: {job}</source>
        <translation>Continuer&#xa0;: {job}</translation>
    </message>
    <message>
        <source>Downloading {model}</source>
        <translation>Téléchargement de {model}</translation>
    </message>
    <message>
        <source>Exporting pictures</source>
        <translation>Exportation d’images</translation>
    </message>
    <message>
        <source>Forget the messages</source>
        <translation>Oublier les messages</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Continuer</translation>
    </message>
    <message>
        <source>Indexing</source>
        <translation>Indexation</translation>
    </message>
    <message>
        <source>Jobs and messages</source>
        <translation>Tâches et messages</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Messages</translation>
    </message>
    <message>
        <source>Moving pictures</source>
        <translation>Déplacement d’images</translation>
    </message>
    <message>
        <source>Moving pictures to the trash</source>
        <translation>Mise d’images à la corbeille</translation>
    </message>
    <message>
        <source>Nothing goes on in the background.</source>
        <translation>Rien ne se passe en arrière-plan.</translation>
    </message>
    <message>
        <source>Pause: {job}</source>
        <translation>Suspendre&#xa0;: {job}</translation>
    </message>
    <message>
        <source>Pause; what is done is kept</source>
        <translation>Suspendre&#x202f;; ce qui est fait est conservé</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>En pause</translation>
    </message>
    <message>
        <source>Preparing quick search</source>
        <translation>Préparation de la recherche rapide</translation>
    </message>
    <message>
        <source>Preparing {model}</source>
        <translation>Préparation de {model}</translation>
    </message>
    <message>
        <source>Renaming pictures</source>
        <translation>Renommage d’images</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Arrêt…</translation>
    </message>
    <message>
        <source>Writing ratings and tags</source>
        <translation>Écriture des notes et mots-clés</translation>
    </message>
    <message>
        <source>{model} is installed.</source>
        <translation>{model} est installé.</translation>
    </message>
    <message>
        <source>{percent}%. Searches are answered meanwhile.</source>
        <translation>{percent}&#x202f;%. Les recherches restent possibles pendant ce temps.</translation>
    </message>
    <message>
        <source>{progress}
Now in {folder}</source>
        <translation>{progress}
Maintenant dans {folder}</translation>
    </message>
</context>
<context>
    <name>Keyboard</name>
    <message>
        <source>Back to the pictures</source>
        <translation>Revenir aux images</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Effacer la recherche</translation>
    </message>
    <message>
        <source>Earlier searches, in an empty line</source>
        <translation>Recherches précédentes, dans une ligne vide</translation>
    </message>
    <message>
        <source>Enter   Space</source>
        <translation>Entrée   Espace</translation>
    </message>
    <message>
        <source>Enter   ↓</source>
        <translation>Entrée   ↓</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Échap</translation>
    </message>
    <message>
        <source>Esc   Space</source>
        <translation>Échap   Espace</translation>
    </message>
    <message>
        <source>Go to another picture</source>
        <translation>Aller à une autre image</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Raccourcis clavier</translation>
    </message>
    <message>
        <source>Look at it</source>
        <translation>La regarder</translation>
    </message>
    <message>
        <source>On to the pictures</source>
        <translation>Aller aux images</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Images</translation>
    </message>
    <message>
        <source>Search line</source>
        <translation>Barre de recherche</translation>
    </message>
    <message>
        <source>Select more</source>
        <translation>Étendre la sélection</translation>
    </message>
    <message>
        <source>Select nothing</source>
        <translation>Ne rien sélectionner</translation>
    </message>
    <message>
        <source>Shift + ← → ↑ ↓</source>
        <translation>Maj + ← → ↑ ↓</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>Tab</translation>
    </message>
    <message>
        <source>Take what is suggested</source>
        <translation>Prendre ce qui est proposé</translation>
    </message>
    <message>
        <source>The picture before and after</source>
        <translation>L’image précédente et la suivante</translation>
    </message>
    <message>
        <source>Viewer</source>
        <translation>Visionneuse</translation>
    </message>
</context>
<context>
    <name>Labels</name>
    <message>
        <source>Known tags</source>
        <translation>Mots-clés connus</translation>
    </message>
    <message>
        <source>Labels not written</source>
        <translation>Notes et mots-clés non écrits</translation>
    </message>
    <message>
        <source>No picture has the tag “{tag}” any more</source>
        <translation>Plus aucune image n’a le mot-clé «&#x202f;{tag}&#x202f;»</translation>
    </message>
    <message>
        <source>No tags yet.</source>
        <translation>Pas encore de mots-clés.</translation>
    </message>
    <message>
        <source>Now: {tags}</source>
        <translation>Maintenant&#xa0;: {tags}</translation>
    </message>
    <message>
        <source>Pictures without a label file</source>
        <translation>Images sans fichier de mots-clés</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Afficher</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Mots-clés</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Mots-clés</translation>
    </message>
    <message>
        <source>Tags of {pictures}</source>
        <translation>Mots-clés de {pictures}</translation>
    </message>
    <message>
        <source>Taken back: {what}.</source>
        <translation>Annulé&#xa0;: {what}.</translation>
    </message>
    <message>
        <source>The labels of one picture could not be written beside it.</source>
        <translation>Les notes et mots-clés d’une image n’ont pas pu être écrits à côté d’elle.</translation>
    </message>
    <message>
        <source>The labels of {pictures} could not be written beside them.</source>
        <translation>Les notes et mots-clés de {pictures} n’ont pas pu être écrits à côté d’elles.</translation>
    </message>
    <message>
        <source>The picture has that already.</source>
        <translation>L’image l’a déjà.</translation>
    </message>
    <message>
        <source>The pictures have that already.</source>
        <translation>Les images l’ont déjà.</translation>
    </message>
    <message>
        <source>The tag “{old}” is called “{new}” now</source>
        <translation>Le mot-clé «&#x202f;{old}&#x202f;» s’appelle maintenant «&#x202f;{new}&#x202f;»</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>snow, old house, -ice to take one away</source>
        <translation>neige, vieille maison, -glace pour en retirer un</translation>
    </message>
    <message>
        <source>tagged {tags}</source>
        <translation>avec {tags}</translation>
    </message>
    <message>
        <source>without {tags} now</source>
        <translation>sans {tags} désormais</translation>
    </message>
    <message>
        <source>{pictures}: rating taken away</source>
        <translation>{pictures}&#xa0;: note retirée</translation>
    </message>
    <message>
        <source>{pictures}: {changes}</source>
        <translation>{pictures}&#xa0;: {changes}</translation>
    </message>
    <message>
        <source>{pictures}: {stars}</source>
        <translation>{pictures}&#xa0;: {stars}</translation>
    </message>
    <message>
        <source>{tag} ({count} of {all})</source>
        <translation>{tag} ({count} sur {all})</translation>
    </message>
</context>
<context>
    <name>Languages</name>
    <message>
        <source>Arabic</source>
        <translation>arabe</translation>
    </message>
    <message>
        <source>Bangla</source>
        <translation>bengali</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>chinois</translation>
    </message>
    <message>
        <source>Czech</source>
        <translation>tchèque</translation>
    </message>
    <message>
        <source>Danish</source>
        <translation>danois</translation>
    </message>
    <message>
        <source>Dutch</source>
        <translation>néerlandais</translation>
    </message>
    <message>
        <source>English</source>
        <translation>anglais</translation>
    </message>
    <message>
        <source>Finnish</source>
        <translation>finnois</translation>
    </message>
    <message>
        <source>French</source>
        <translation>français</translation>
    </message>
    <message>
        <source>German</source>
        <translation>allemand</translation>
    </message>
    <message>
        <source>Greek</source>
        <translation>grec</translation>
    </message>
    <message>
        <source>Hebrew</source>
        <translation>hébreu</translation>
    </message>
    <message>
        <source>Hindi</source>
        <translation>hindi</translation>
    </message>
    <message>
        <source>Hungarian</source>
        <translation>hongrois</translation>
    </message>
    <message>
        <source>Indonesian</source>
        <translation>indonésien</translation>
    </message>
    <message>
        <source>Italian</source>
        <translation>italien</translation>
    </message>
    <message>
        <source>Japanese</source>
        <translation>japonais</translation>
    </message>
    <message>
        <source>Korean</source>
        <translation>coréen</translation>
    </message>
    <message>
        <source>Norwegian</source>
        <translation>norvégien</translation>
    </message>
    <message>
        <source>Persian</source>
        <translation>persan</translation>
    </message>
    <message>
        <source>Polish</source>
        <translation>polonais</translation>
    </message>
    <message>
        <source>Portuguese</source>
        <translation>portugais</translation>
    </message>
    <message>
        <source>Romanian</source>
        <translation>roumain</translation>
    </message>
    <message>
        <source>Russian</source>
        <translation>russe</translation>
    </message>
    <message>
        <source>Spanish</source>
        <translation>espagnol</translation>
    </message>
    <message>
        <source>Swedish</source>
        <translation>suédois</translation>
    </message>
    <message>
        <source>Thai</source>
        <translation>thaï</translation>
    </message>
    <message>
        <source>Turkish</source>
        <translation>turc</translation>
    </message>
    <message>
        <source>Ukrainian</source>
        <translation>ukrainien</translation>
    </message>
    <message>
        <source>Vietnamese</source>
        <translation>vietnamien</translation>
    </message>
</context>
<context>
    <name>Library</name>
    <message>
        <source>Begin with an empty library</source>
        <translation>Commencer avec une bibliothèque vide</translation>
    </message>
    <message>
        <source>Open anew</source>
        <translation>Rouvrir</translation>
    </message>
    <message>
        <source>Restore the backup of {date} ({pictures})</source>
        <translation>Restaurer la sauvegarde du {date} ({pictures})</translation>
    </message>
    <message>
        <source>The disk is still full.</source>
        <translation>Le disque est toujours plein.</translation>
    </message>
    <message>
        <source>There is no backup. The damaged file is kept, and your pictures are not affected.</source>
        <translation>Il n’y a pas de sauvegarde. Le fichier endommagé est conservé, et vos images ne sont pas touchées.</translation>
    </message>
    <message>
        <source>There is room on the disk again. Pictures can be indexed and changed once the library is opened anew.</source>
        <translation>Le disque a de nouveau de la place. Les images pourront être indexées et modifiées une fois la bibliothèque rouverte.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>What came after the backup is looked for again. The damaged file is kept.</source>
        <translation>Ce qui est venu après la sauvegarde sera recherché de nouveau. Le fichier endommagé est conservé.</translation>
    </message>
    <message>
        <source>What you have added is taken in then.</source>
        <translation>Ce que vous avez ajouté sera alors pris en compte.</translation>
    </message>
    <message>
        <source>You can search, but nothing can be indexed or changed: {reason}</source>
        <translation>Vous pouvez rechercher, mais rien ne peut être indexé ni modifié&#xa0;: {reason}</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Édition</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Fichier</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Aide</translation>
    </message>
    <message>
        <source>&amp;Picture</source>
        <translation>&amp;Image</translation>
    </message>
    <message>
        <source>&amp;Search</source>
        <translation>&amp;Rechercher</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Affichage</translation>
    </message>
</context>
<context>
    <name>Middle</name>
    <message>
        <source>Add folder</source>
        <translation>Ajouter un dossier</translation>
    </message>
    <message>
        <source>All filters must fit. Take one away with its ×, or turn it into its opposite.</source>
        <translation>Tous les filtres doivent convenir. Retirez-en un avec son ×, ou changez-le en son contraire.</translation>
    </message>
    <message>
        <source>Drop a folder here</source>
        <translation>Déposez un dossier ici</translation>
    </message>
    <message>
        <source>Looking for pictures…</source>
        <translation>Recherche d’images…</translation>
    </message>
    <message>
        <source>No picture is like that</source>
        <translation>Aucune image ne correspond</translation>
    </message>
    <message>
        <source>Opening your pictures…</source>
        <translation>Ouverture de vos images…</translation>
    </message>
    <message>
        <source>Then find your pictures by what they show. Nothing leaves this computer.</source>
        <translation>Trouvez ensuite vos images par ce qu’elles montrent. Rien ne quitte cet ordinateur.</translation>
    </message>
    <message>
        <source>There is no picture here</source>
        <translation>Il n’y a aucune image ici</translation>
    </message>
    <message>
        <source>They appear here as soon as they are found.</source>
        <translation>Elles apparaissent ici dès qu’elles sont trouvées.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
</context>
<context>
    <name>Models</name>
    <message>
        <source>A .zip file…</source>
        <translation>Un fichier .zip…</translation>
    </message>
    <message>
        <source>A folder…</source>
        <translation>Un dossier…</translation>
    </message>
    <message>
        <source>A model&apos;s folder or .zip can also be dropped here.</source>
        <translation>Le dossier ou le .zip d’un modèle peut aussi être déposé ici.</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Ajouter</translation>
    </message>
    <message>
        <source>Add a model</source>
        <translation>Ajouter un modèle</translation>
    </message>
    <message>
        <source>Add a model from a .zip file</source>
        <translation>Ajouter un modèle depuis un fichier .zip</translation>
    </message>
    <message>
        <source>Add a model from a folder</source>
        <translation>Ajouter un modèle depuis un dossier</translation>
    </message>
    <message>
        <source>Add a model that is on this computer</source>
        <translation>Ajouter un modèle présent sur cet ordinateur</translation>
    </message>
    <message>
        <source>Add the model</source>
        <translation>Ajouter le modèle</translation>
    </message>
    <message>
        <source>Add {n} models</source>
        <translation>Ajouter {n} modèles</translation>
    </message>
    <message>
        <source>Adding {model}</source>
        <translation>Ajout de {model}</translation>
    </message>
    <message>
        <source>Answers your searches in {pictures}.</source>
        <translation>Répond à vos recherches dans {pictures}.</translation>
    </message>
    <message>
        <source>Answers your searches.</source>
        <translation>Répond à vos recherches.</translation>
    </message>
    <message>
        <source>Being prepared</source>
        <translation>En préparation</translation>
    </message>
    <message>
        <source>Can be downloaded</source>
        <translation>À télécharger</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Cancel preparing the new model</source>
        <translation>Annuler la préparation du nouveau modèle</translation>
    </message>
    <message>
        <source>Cannot be used</source>
        <translation>Inutilisable</translation>
    </message>
    <message>
        <source>Checking that it works</source>
        <translation>Vérification du fonctionnement</translation>
    </message>
    <message>
        <source>Choose another one.</source>
        <translation>Choisissez-en un autre.</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Continuer</translation>
    </message>
    <message>
        <source>Continue preparing {model}</source>
        <translation>Continuer la préparation de {model}</translation>
    </message>
    <message>
        <source>Copying</source>
        <translation>Copie</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Ignorer</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Télécharger</translation>
    </message>
    <message>
        <source>Download {size} from the internet? Nothing about you or your pictures is sent.
Address: {address}
Revision:
{revision}</source>
        <translation>Télécharger {size} depuis Internet&#x202f;? Rien sur vous ni sur vos images n’est envoyé.
Adresse&#xa0;: {address}
Révision&#xa0;:
{revision}</translation>
    </message>
    <message>
        <source>Downloading</source>
        <translation>Téléchargement</translation>
    </message>
    <message>
        <source>Drop to add as a model</source>
        <translation>Déposez pour ajouter comme modèle</translation>
    </message>
    <message>
        <source>Get…</source>
        <comment>Download a model</comment>
        <translation>Obtenir…</translation>
    </message>
    <message>
        <source>Go on from where it stopped</source>
        <translation>Reprendre là où cela s’est arrêté</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>Utilisé</translation>
    </message>
    <message>
        <source>Installed</source>
        <translation>Installés</translation>
    </message>
    <message>
        <source>Installing {model}</source>
        <translation>Installation de {model}</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Garder</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modèles</translation>
    </message>
    <message>
        <source>Names what a picture shows at the first guess for {share}</source>
        <translation>Nomme ce qu’une image montre du premier coup pour {share}</translation>
    </message>
    <message>
        <source>Names what a picture shows within {rank} guesses for {share}</source>
        <translation>Nomme ce qu’une image montre en {rank} essais pour {share}</translation>
    </message>
    <message>
        <source>No model</source>
        <translation>Aucun modèle</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Plus tard</translation>
    </message>
    <message>
        <source>Of the first {rank} pictures found, {share} are right</source>
        <translation>Sur les {rank} premières images trouvées, {share} sont justes</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Pause preparing {model}</source>
        <translation>Suspendre la préparation de {model}</translation>
    </message>
    <message>
        <source>Paused at {pictures}.</source>
        <translation>En pause à {pictures}.</translation>
    </message>
    <message>
        <source>Prepared for {pictures}: switching to it is instant.</source>
        <translation>Prêt pour {pictures}&#xa0;: le changement est immédiat.</translation>
    </message>
    <message>
        <source>Preparing the new model</source>
        <translation>Préparation du nouveau modèle</translation>
    </message>
    <message>
        <source>Preparing {model} goes on where it stopped last time.</source>
        <translation>La préparation de {model} reprend là où elle s’était arrêtée.</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Prêt</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Remove {model}? This frees {prepared} of what it prepared for searching. Your pictures stay as they are.</source>
        <translation>Supprimer {model}&#x202f;? Cela libère {prepared} préparés pour la recherche. Vos images restent telles quelles.</translation>
    </message>
    <message>
        <source>Remove {model}? This frees {size}, and {prepared} of what it prepared for searching. Your pictures stay as they are.</source>
        <translation>Supprimer {model}&#x202f;? Cela libère {size}, et {prepared} préparés pour la recherche. Vos images restent telles quelles.</translation>
    </message>
    <message>
        <source>Remove {model}? This frees {size}. Your pictures stay as they are.</source>
        <translation>Supprimer {model}&#x202f;? Cela libère {size}. Vos images restent telles quelles.</translation>
    </message>
    <message>
        <source>Remove {model}? Your pictures stay as they are.</source>
        <translation>Supprimer {model}&#x202f;? Vos images restent telles quelles.</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Supprimer…</translation>
    </message>
    <message>
        <source>Runs on {device}. {reason}</source>
        <translation>Fonctionne avec {device}. {reason}</translation>
    </message>
    <message>
        <source>Show failed</source>
        <translation>Afficher les échecs</translation>
    </message>
    <message>
        <source>Stay with the model in use; what is prepared is kept for another time</source>
        <translation>Garder le modèle utilisé&#x202f;; ce qui est préparé est conservé pour une autre fois</translation>
    </message>
    <message>
        <source>Stop preparing for now; what is prepared is kept</source>
        <translation>Suspendre la préparation&#x202f;; ce qui est préparé est conservé</translation>
    </message>
    <message>
        <source>Stopped. What has been downloaded is kept; trying again goes on from there.</source>
        <translation>Arrêté. Ce qui a été téléchargé est conservé&#x202f;; un nouvel essai reprend là.</translation>
    </message>
    <message>
        <source>Takes {size} for this library.</source>
        <translation>Occupe {size} pour cette bibliothèque.</translation>
    </message>
    <message>
        <source>The model in use is gone.</source>
        <translation>Le modèle utilisé a disparu.</translation>
    </message>
    <message>
        <source>The right picture comes among the first {rank} for {share} searches</source>
        <translation>La bonne image est parmi les {rank} premières pour {share} recherches</translation>
    </message>
    <message>
        <source>The right picture comes first for {share} searches</source>
        <translation>La bonne image vient en premier pour {share} recherches</translation>
    </message>
    <message>
        <source>The right sentence comes among the first {rank} for {share} searches</source>
        <translation>La bonne phrase est parmi les {rank} premières pour {share} recherches</translation>
    </message>
    <message>
        <source>The right sentence comes first for {share} searches</source>
        <translation>La bonne phrase vient en premier pour {share} recherches</translation>
    </message>
    <message>
        <source>To remove it, cancel its preparation first.</source>
        <translation>Pour le supprimer, annulez d’abord sa préparation.</translation>
    </message>
    <message>
        <source>To remove it, use another model first.</source>
        <translation>Pour le supprimer, utilisez d’abord un autre modèle.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Utiliser</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>L’utiliser</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>En attente</translation>
    </message>
    <message>
        <source>Waiting…</source>
        <translation>En attente…</translation>
    </message>
    <message>
        <source>a licence of its own</source>
        <translation>licence particulière</translation>
    </message>
    <message>
        <source>built-in model</source>
        <translation>modèle intégré</translation>
    </message>
    <message>
        <source>comes with the program</source>
        <translation>fourni avec le programme</translation>
    </message>
    <message>
        <source>licence unknown</source>
        <translation>licence inconnue</translation>
    </message>
    <message>
        <source>many languages</source>
        <translation>de nombreuses langues</translation>
    </message>
    <message>
        <source>the built-in model</source>
        <translation>le modèle intégré</translation>
    </message>
    <message>
        <source>{languages} and {n} more</source>
        <comment>Languages that a model understands</comment>
        <translation>{languages} et {n} de plus</translation>
    </message>
    <message>
        <source>{metric}: {share}</source>
        <translation>{metric}&#xa0;: {share}</translation>
    </message>
    <message>
        <source>{model} and {n} other look like models, not like pictures.</source>
        <translation>{model} et {n} autre ressemblent à des modèles, pas à des images.</translation>
    </message>
    <message>
        <source>{model} and {n} others look like models, not like pictures.</source>
        <translation>{model} et {n} autres ressemblent à des modèles, pas à des images.</translation>
    </message>
    <message>
        <source>{model} answers from now on.</source>
        <translation>{model} répond désormais.</translation>
    </message>
    <message>
        <source>{model} is installed.</source>
        <translation>{model} est installé.</translation>
    </message>
    <message>
        <source>{model} looks like a model, not like pictures.</source>
        <translation>{model} ressemble à un modèle, pas à des images.</translation>
    </message>
    <message>
        <source>{model} stays. What was prepared for the other one is kept.</source>
        <translation>{model} reste. Ce qui a été préparé pour l’autre est conservé.</translation>
    </message>
    <message>
        <source>{model} was not added</source>
        <translation>{model} n’a pas été ajouté</translation>
    </message>
    <message>
        <source>{n} folders do not answer: what is kept of their pictures was used.</source>
        <translation>{n} dossiers ne répondent pas&#xa0;: ce qui est conservé de leurs images a servi.</translation>
    </message>
    <message>
        <source>{n} of 100</source>
        <translation>{n} sur 100</translation>
    </message>
    <message>
        <source>{n} of {pictures}</source>
        <comment>So many of the pictures of the library</comment>
        <translation>{n} sur {pictures}</translation>
    </message>
    <message>
        <source>{n} picture could not be prepared for it.</source>
        <translation>{n} image n’a pas pu être préparée pour lui.</translation>
    </message>
    <message>
        <source>{n} picture could not be prepared for {model}.</source>
        <translation>{n} image n’a pas pu être préparée pour {model}.</translation>
    </message>
    <message>
        <source>{n} pictures could not be prepared for it.</source>
        <translation>{n} images n’ont pas pu être préparées pour lui.</translation>
    </message>
    <message>
        <source>{n} pictures could not be prepared for {model}.</source>
        <translation>{n} images n’ont pas pu être préparées pour {model}.</translation>
    </message>
    <message>
        <source>{pictures} prepared.</source>
        <translation>Préparé&#xa0;: {pictures}.</translation>
    </message>
    <message>
        <source>{pictures} prepared. It answers as soon as all are.</source>
        <translation>Prêt pour {pictures}. Il répondra quand toutes le seront.</translation>
    </message>
    <message>
        <source>{pictures} prepared. Waits until indexing is done.</source>
        <translation>Prêt pour {pictures}. En attente de la fin de l’indexation.</translation>
    </message>
    <message>
        <source>{pictures} to prepare before it can answer.</source>
        <translation>{pictures} à préparer avant qu’il puisse répondre.</translation>
    </message>
    <message>
        <source>{place} does not answer: what is kept of its pictures was used.</source>
        <translation>{place} ne répond pas&#xa0;: ce qui est conservé de ses images a servi.</translation>
    </message>
    <message>
        <source>{size}/s</source>
        <comment>So much a second</comment>
        <translation>{size}/s</translation>
    </message>
    <message>
        <source>{step} {done} of {total}</source>
        <comment>Downloading 12 MB of 158 MB</comment>
        <translation>{step} {done} sur {total}</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Close other programs and try again.</source>
        <translation>Fermez d’autres programmes et réessayez.</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>Fermer ce message</translation>
    </message>
    <message>
        <source>Something went wrong. Nothing that was indexed is lost.</source>
        <translation>Une erreur s’est produite. Rien de ce qui est indexé n’est perdu.</translation>
    </message>
    <message>
        <source>There is too little memory for that.</source>
        <translation>Il n’y a pas assez de mémoire pour cela.</translation>
    </message>
</context>
<context>
    <name>Numbers</name>
    <message>
        <source>.</source>
        <comment>The sign between a number and its decimals</comment>
        <translation>,</translation>
    </message>
    <message>
        <source>en</source>
        <comment>The code of the language that these words are translated into</comment>
        <translation>fr</translation>
    </message>
    <message>
        <source>{n}%</source>
        <translation>{n}&#x202f;%</translation>
    </message>
</context>
<context>
    <name>Order</name>
    <message>
        <source>By day</source>
        <translation>Par jour</translation>
    </message>
    <message>
        <source>By folder</source>
        <translation>Par dossier</translation>
    </message>
    <message>
        <source>By month</source>
        <translation>Par mois</translation>
    </message>
    <message>
        <source>Certainty</source>
        <translation>Certitude</translation>
    </message>
    <message>
        <source>Date taken</source>
        <translation>Date de prise de vue</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Dossier</translation>
    </message>
    <message>
        <source>How certain a picture must be to stand above the line: more pictures to the left, fewer to the right. A double click, or 0, goes back to the usual.</source>
        <translation>Certitude qu’une image doit avoir pour être au-dessus de la ligne&#xa0;: plus d’images à gauche, moins à droite. Un double-clic, ou 0, revient à l’habituel.</translation>
    </message>
    <message>
        <source>How certain hits must be</source>
        <translation>Certitude que les résultats doivent avoir</translation>
    </message>
    <message>
        <source>How the pictures are ordered and grouped</source>
        <translation>Ordre et groupement des images</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>Les plus récentes d’abord</translation>
    </message>
    <message>
        <source>No groups</source>
        <translation>Sans groupes</translation>
    </message>
    <message>
        <source>Order: {order}</source>
        <translation>Ordre&#xa0;: {order}</translation>
    </message>
    <message>
        <source>Other way round</source>
        <translation>Ordre inverse</translation>
    </message>
    <message>
        <source>Relevance</source>
        <translation>Pertinence</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Taille</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Command</source>
        <translation>Commande</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Commandes</translation>
    </message>
    <message>
        <source>Saved search</source>
        <translation>Recherche enregistrée</translation>
    </message>
    <message>
        <source>Search for “{words}”</source>
        <translation>Rechercher «&#x202f;{words}&#x202f;»</translation>
    </message>
    <message>
        <source>What do you want to do?</source>
        <translation>Que voulez-vous faire&#x202f;?</translation>
    </message>
</context>
<context>
    <name>Panels</name>
    <message>
        <source>Close (Esc)</source>
        <translation>Fermer (Échap)</translation>
    </message>
    <message>
        <source>Close the panel</source>
        <translation>Fermer le panneau</translation>
    </message>
</context>
<context>
    <name>Photo</name>
    <message>
        <source>{n} mm</source>
        <translation>{n}&#x202f;mm</translation>
    </message>
    <message>
        <source>{n} s</source>
        <comment>Seconds a photo was exposed</comment>
        <translation>{n}&#x202f;s</translation>
    </message>
</context>
<context>
    <name>Pictures</name>
    <message>
        <source>Drop to add to your pictures</source>
        <translation>Déposez pour ajouter à vos images</translation>
    </message>
    <message>
        <source>Its drive or folder cannot be reached.</source>
        <translation>Son disque ou son dossier est inaccessible.</translation>
    </message>
    <message>
        <source>This file is gone.</source>
        <translation>Ce fichier a disparu.</translation>
    </message>
    <message>
        <source>relevance {n} (strong from 1)</source>
        <translation>pertinence {n} (sûr à partir de 1)</translation>
    </message>
    <message>
        <source>relevance {n} (strong)</source>
        <translation>pertinence {n} (sûr)</translation>
    </message>
    <message>
        <source>score {n}</source>
        <translation>score {n}</translation>
    </message>
    <message>
        <source>{n} picture</source>
        <translation>{n} image</translation>
    </message>
    <message>
        <source>{n} pictures</source>
        <translation>{n} images</translation>
    </message>
</context>
<context>
    <name>Problems</name>
    <message>
        <source>And {n} other file.</source>
        <translation>Et {n} autre fichier.</translation>
    </message>
    <message>
        <source>And {n} other files.</source>
        <translation>Et {n} autres fichiers.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Copy the selected lines, or all of them</source>
        <translation>Copier les lignes choisies, ou toutes</translation>
    </message>
    <message>
        <source>Files that are not indexed</source>
        <translation>Fichiers qui ne sont pas indexés</translation>
    </message>
    <message>
        <source>Last tried on {date}.</source>
        <translation>Dernier essai le {date}.</translation>
    </message>
    <message>
        <source>Not indexed</source>
        <translation>Non indexés</translation>
    </message>
    <message>
        <source>Not prepared</source>
        <translation>Non préparées</translation>
    </message>
    <message>
        <source>Pictures that are not prepared</source>
        <translation>Images qui ne sont pas préparées</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Try the selected files again, or all of them</source>
        <translation>Réessayer avec les fichiers choisis, ou tous</translation>
    </message>
</context>
<context>
    <name>Progress</name>
    <message>
        <source>How much is done</source>
        <translation>Part déjà faite</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
</context>
<context>
    <name>Rename</name>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>New name of the picture</source>
        <translation>Nouveau nom de l’image</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Renommer</translation>
    </message>
</context>
<context>
    <name>Report</name>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copié</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Copier le rapport</translation>
    </message>
    <message>
        <source>Image Seeker cannot go on. Nothing that was indexed is lost.</source>
        <translation>Image Seeker ne peut pas continuer. Rien de ce qui est indexé n’est perdu.</translation>
    </message>
    <message>
        <source>Image Seeker ended unexpectedly last time. Nothing that was indexed is lost.</source>
        <translation>La dernière fois, Image Seeker s’est arrêté de façon inattendue. Rien de ce qui est indexé n’est perdu.</translation>
    </message>
    <message>
        <source>Image Seeker goes on, and nothing that was indexed is lost. If it happens again, close it and open it anew. This report helps the developers to mend it.</source>
        <translation>Image Seeker continue, et rien de ce qui est indexé n’est perdu. Si cela se reproduit, fermez-le et rouvrez-le. Ce rapport aide les développeurs à le réparer.</translation>
    </message>
    <message>
        <source>It ended unexpectedly</source>
        <translation>Arrêt inattendu</translation>
    </message>
    <message>
        <source>It happened {count} times.</source>
        <translation>C’est arrivé {count} fois.</translation>
    </message>
    <message>
        <source>Nothing is sent. What you copy is what you see here.</source>
        <translation>Rien n’est envoyé. Ce que vous copiez est ce que vous voyez ici.</translation>
    </message>
    <message>
        <source>Nothing that was indexed is lost. If it happens again, this report helps the developers to mend it.</source>
        <translation>Rien de ce qui est indexé n’est perdu. Si cela se reproduit, ce rapport aide les développeurs à le réparer.</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Rapport</translation>
    </message>
    <message>
        <source>Report a problem</source>
        <translation>Signaler un problème</translation>
    </message>
    <message>
        <source>Reports are read at {address}</source>
        <translation>Les rapports sont lus à l’adresse {address}</translation>
    </message>
    <message>
        <source>Show logs</source>
        <translation>Afficher les journaux</translation>
    </message>
    <message>
        <source>Show report</source>
        <translation>Afficher le rapport</translation>
    </message>
    <message>
        <source>Something went wrong</source>
        <translation>Une erreur s’est produite</translation>
    </message>
    <message>
        <source>The details are in {file}.</source>
        <translation>Les détails sont dans {file}.</translation>
    </message>
    <message>
        <source>The folder of the logs cannot be written.</source>
        <translation>Impossible d’écrire dans le dossier des journaux.</translation>
    </message>
    <message>
        <source>The logs are in {folder}.</source>
        <translation>Les journaux sont dans {folder}.</translation>
    </message>
    <message>
        <source>With names of folders and pictures</source>
        <translation>Avec les noms des dossiers et des images</translation>
    </message>
    <message>
        <source>With what was searched for</source>
        <translation>Avec ce qui a été recherché</translation>
    </message>
    <message>
        <source>Write down what you did and what happened, and add this report.</source>
        <translation>Notez ce que vous avez fait et ce qui s’est passé, et joignez ce rapport.</translation>
    </message>
</context>
<context>
    <name>Search</name>
    <message>
        <source>1 star</source>
        <translation>1 étoile</translation>
    </message>
    <message>
        <source>1 star or more</source>
        <translation>1 étoile ou plus</translation>
    </message>
    <message>
        <source>1 star or none</source>
        <translation>1 étoile ou aucune</translation>
    </message>
    <message>
        <source>Add a filter</source>
        <translation>Ajouter un filtre</translation>
    </message>
    <message>
        <source>Add a filter: date, folder, type, size, camera; search by a picture; save</source>
        <translation>Ajouter un filtre&#xa0;: date, dossier, type, taille, appareil&#x202f;; rechercher avec une image&#x202f;; enregistrer</translation>
    </message>
    <message>
        <source>Add words, if you like</source>
        <translation>Ajoutez des mots, si vous voulez</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Tous les fichiers</translation>
    </message>
    <message>
        <source>Arrows move the frame, with Shift they move its lower right corner.</source>
        <translation>Les flèches déplacent le cadre&#x202f;; avec Maj, elles déplacent son coin inférieur droit.</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Appareil</translation>
    </message>
    <message>
        <source>Clear history</source>
        <translation>Effacer l’historique</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Effacer la recherche</translation>
    </message>
    <message>
        <source>Clear the search (Esc)</source>
        <translation>Effacer la recherche (Échap)</translation>
    </message>
    <message>
        <source>Counts as usual</source>
        <translation>Compte comme d’habitude</translation>
    </message>
    <message>
        <source>Counts half</source>
        <translation>Compte pour moitié</translation>
    </message>
    <message>
        <source>Counts twice</source>
        <translation>Compte double</translation>
    </message>
    <message>
        <source>Draw a frame; letting go searches for what is in it. Or use the arrows and Enter.</source>
        <translation>Tracez un cadre&#x202f;; au relâchement, son contenu est recherché. Ou utilisez les flèches et Entrée.</translation>
    </message>
    <message>
        <source>Drop it on the search box instead to find pictures like it</source>
        <translation>Déposez-la plutôt sur la barre de recherche pour trouver des images similaires</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Dossier</translation>
    </message>
    <message>
        <source>Frame of what to search by</source>
        <translation>Cadre de ce qu’il faut rechercher</translation>
    </message>
    <message>
        <source>Keep this search in the sidebar (Ctrl+S)</source>
        <translation>Garder cette recherche dans la barre latérale (Ctrl+S)</translation>
    </message>
    <message>
        <source>Less like {pictures}.</source>
        <translation>Moins comme {pictures}.</translation>
    </message>
    <message>
        <source>More like {pictures}.</source>
        <translation>Plus comme {pictures}.</translation>
    </message>
    <message>
        <source>No screenshots</source>
        <translation>Sans captures d’écran</translation>
    </message>
    <message>
        <source>No {pictures}.</source>
        <translation>Sauf les {pictures}.</translation>
    </message>
    <message>
        <source>Only pictures with a rating.</source>
        <translation>Seulement les images avec une note.</translation>
    </message>
    <message>
        <source>Only the first {n} of these pictures are searched by.</source>
        <translation>Seules les {n} premières de ces images servent à la recherche.</translation>
    </message>
    <message>
        <source>Only {pictures}.</source>
        <translation>Uniquement les {pictures}.</translation>
    </message>
    <message>
        <source>Part of a picture</source>
        <translation>Partie d’une image</translation>
    </message>
    <message>
        <source>Part of {picture}</source>
        <translation>Partie de {picture}</translation>
    </message>
    <message>
        <source>Pasted picture</source>
        <translation>Image collée</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Images</translation>
    </message>
    <message>
        <source>Pictures less like this hit.</source>
        <translation>Des images moins proches de ce résultat.</translation>
    </message>
    <message>
        <source>Pictures more like this hit.</source>
        <translation>Des images plus proches de ce résultat.</translation>
    </message>
    <message>
        <source>Pictures that look like {picture}.</source>
        <translation>Des images qui ressemblent à {picture}.</translation>
    </message>
    <message>
        <source>Pictures that look unlike {picture}.</source>
        <translation>Des images qui ne ressemblent pas à {picture}.</translation>
    </message>
    <message>
        <source>Pictures that show {words} come last.</source>
        <translation>Les images qui montrent {words} viennent en dernier.</translation>
    </message>
    <message>
        <source>Pictures that show {words}, or are named so.</source>
        <translation>Des images qui montrent {words}, ou qui portent ce nom.</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>Save search</source>
        <translation>Enregistrer la recherche</translation>
    </message>
    <message>
        <source>Save this search</source>
        <translation>Enregistrer cette recherche</translation>
    </message>
    <message>
        <source>Saved as “{name}”.</source>
        <translation>Enregistrée sous «&#x202f;{name}&#x202f;».</translation>
    </message>
    <message>
        <source>Screenshots</source>
        <translation>Captures d’écran</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Recherche</translation>
    </message>
    <message>
        <source>Search by a picture</source>
        <translation>Rechercher avec une image</translation>
    </message>
    <message>
        <source>Search by a picture…</source>
        <translation>Rechercher avec une image…</translation>
    </message>
    <message>
        <source>Search without this</source>
        <translation>Rechercher sans cela</translation>
    </message>
    <message>
        <source>Search without {part}</source>
        <translation>Rechercher sans {part}</translation>
    </message>
    <message>
        <source>Search your pictures</source>
        <translation>Rechercher dans vos images</translation>
    </message>
    <message>
        <source>Search your pictures: two dogs in the snow</source>
        <translation>Recherchez dans vos images</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>Forme</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Taille</translation>
    </message>
    <message>
        <source>Suggestions</source>
        <translation>Suggestions</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Mot-clé</translation>
    </message>
    <message>
        <source>Taken</source>
        <comment>Menu of dates</comment>
        <translation>Date</translation>
    </message>
    <message>
        <source>There is nothing to save. Search for something first.</source>
        <translation>Il n’y a rien à enregistrer. Faites d’abord une recherche.</translation>
    </message>
    <message>
        <source>This search is saved already, as “{name}”.</source>
        <translation>Cette recherche est déjà enregistrée, sous «&#x202f;{name}&#x202f;».</translation>
    </message>
    <message>
        <source>This year</source>
        <translation>Cette année</translation>
    </message>
    <message>
        <source>Try a smaller picture.</source>
        <translation>Essayez une image plus petite.</translation>
    </message>
    <message>
        <source>Try another picture.</source>
        <translation>Essayez une autre image.</translation>
    </message>
    <message>
        <source>Turn into its opposite</source>
        <translation>Changer en son contraire</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>at least {size}</source>
        <translation>au moins {size}</translation>
    </message>
    <message>
        <source>at most {size}</source>
        <translation>au plus {size}</translation>
    </message>
    <message>
        <source>before {date}</source>
        <translation>avant le {date}</translation>
    </message>
    <message>
        <source>before {period}</source>
        <translation>avant {period}</translation>
    </message>
    <message>
        <source>by {camera}</source>
        <translation>par {camera}</translation>
    </message>
    <message>
        <source>found by name</source>
        <translation>trouvée par son nom</translation>
    </message>
    <message>
        <source>found by what it shows and by name</source>
        <translation>trouvée par ce qu’elle montre et par son nom</translation>
    </message>
    <message>
        <source>in {folder}</source>
        <translation>dans {folder}</translation>
    </message>
    <message>
        <source>landscape</source>
        <translation>paysage</translation>
    </message>
    <message>
        <source>less certain</source>
        <translation>moins sûr</translation>
    </message>
    <message>
        <source>less like {picture}</source>
        <translation>moins comme {picture}</translation>
    </message>
    <message>
        <source>like {picture}</source>
        <translation>comme {picture}</translation>
    </message>
    <message>
        <source>more like {picture}</source>
        <translation>plus comme {picture}</translation>
    </message>
    <message>
        <source>named “{text}”</source>
        <translation>nommée «&#x202f;{text}&#x202f;»</translation>
    </message>
    <message>
        <source>no rating</source>
        <translation>sans note</translation>
    </message>
    <message>
        <source>not {part}</source>
        <translation>sauf {part}</translation>
    </message>
    <message>
        <source>over {size}</source>
        <translation>plus de {size}</translation>
    </message>
    <message>
        <source>pictures in the folder {folder}</source>
        <translation>images du dossier {folder}</translation>
    </message>
    <message>
        <source>pictures of {size}</source>
        <translation>images de {size}</translation>
    </message>
    <message>
        <source>pictures taken before {date}</source>
        <translation>images prises avant le {date}</translation>
    </message>
    <message>
        <source>pictures taken before {period}</source>
        <translation>images prises avant {period}</translation>
    </message>
    <message>
        <source>pictures taken since {date}</source>
        <translation>images prises depuis le {date}</translation>
    </message>
    <message>
        <source>pictures taken since {period}</source>
        <translation>images prises depuis {period}</translation>
    </message>
    <message>
        <source>pictures taken with {camera}</source>
        <translation>images prises avec {camera}</translation>
    </message>
    <message>
        <source>pictures that are higher than wide</source>
        <translation>images plus hautes que larges</translation>
    </message>
    <message>
        <source>pictures that are wider than high</source>
        <translation>images plus larges que hautes</translation>
    </message>
    <message>
        <source>pictures with the tag “{name}”</source>
        <translation>images avec le mot-clé «&#x202f;{name}&#x202f;»</translation>
    </message>
    <message>
        <source>pictures with {stars}</source>
        <translation>images avec {stars}</translation>
    </message>
    <message>
        <source>pictures with “{text}” in the name of the file or of a folder above it</source>
        <translation>images avec «&#x202f;{text}&#x202f;» dans le nom du fichier ou d’un dossier au-dessus</translation>
    </message>
    <message>
        <source>pictures without a rating</source>
        <translation>images sans note</translation>
    </message>
    <message>
        <source>portrait</source>
        <translation>portrait</translation>
    </message>
    <message>
        <source>rated</source>
        <translation>notée</translation>
    </message>
    <message>
        <source>recent</source>
        <translation>récente</translation>
    </message>
    <message>
        <source>screenshot</source>
        <translation>capture d’écran</translation>
    </message>
    <message>
        <source>screenshots</source>
        <translation>captures d’écran</translation>
    </message>
    <message>
        <source>since {date}</source>
        <translation>depuis le {date}</translation>
    </message>
    <message>
        <source>since {period}</source>
        <translation>depuis {period}</translation>
    </message>
    <message>
        <source>square</source>
        <translation>carrée</translation>
    </message>
    <message>
        <source>square pictures</source>
        <translation>images carrées</translation>
    </message>
    <message>
        <source>tag {name}</source>
        <translation>mot-clé {name}</translation>
    </message>
    <message>
        <source>the picture</source>
        <translation>l’image</translation>
    </message>
    <message>
        <source>the {count} pictures that came into the library last</source>
        <translation>les {count} dernières images arrivées dans la bibliothèque</translation>
    </message>
    <message>
        <source>under {size}</source>
        <translation>moins de {size}</translation>
    </message>
    <message>
        <source>unlike {picture}</source>
        <translation>pas comme {picture}</translation>
    </message>
    <message>
        <source>{count} stars</source>
        <translation>{count} étoiles</translation>
    </message>
    <message>
        <source>{count} stars or fewer</source>
        <translation>{count} étoiles ou moins</translation>
    </message>
    <message>
        <source>{count} stars or more</source>
        <translation>{count} étoiles ou plus</translation>
    </message>
    <message>
        <source>{least} to {most} stars</source>
        <translation>{least} à {most} étoiles</translation>
    </message>
    <message>
        <source>{n} megapixel</source>
        <translation>{n} mégapixel</translation>
    </message>
    <message>
        <source>{n} megapixels</source>
        <translation>{n} mégapixels</translation>
    </message>
    <message>
        <source>{part} {score}</source>
        <translation>{part} {score}</translation>
    </message>
    <message>
        <source>{part} {score} (strong)</source>
        <translation>{part} {score} (sûr)</translation>
    </message>
    <message>
        <source>{picture} cannot be read ({reason}).</source>
        <translation>{picture} ne peut pas être lue ({reason}).</translation>
    </message>
    <message>
        <source>{picture} is too large to search by.</source>
        <translation>{picture} est trop grande pour servir à la recherche.</translation>
    </message>
    <message>
        <source>{type} pictures</source>
        <translation>images {type}</translation>
    </message>
    <message>
        <source>“{name}” is no longer saved.</source>
        <translation>«&#x202f;{name}&#x202f;» n’est plus enregistrée.</translation>
    </message>
</context>
<context>
    <name>SearchBox</name>
    <message>
        <source>Try</source>
        <translation>Essayez</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>*.psd
Drafts
Work/old</source>
        <translation>*.psd
Brouillons
Travail/ancien</translation>
    </message>
    <message>
        <source>A message of the system, while you are in another window.</source>
        <translation>Un message du système, quand vous êtes dans une autre fenêtre.</translation>
    </message>
    <message>
        <source>Add folders, look for changes, forget one.</source>
        <translation>Ajouter des dossiers, chercher les changements, en oublier un.</translation>
    </message>
    <message>
        <source>All {n} cores</source>
        <translation>Les {n} cœurs</translation>
    </message>
    <message>
        <source>Answering now: {model}</source>
        <translation>Répond maintenant&#xa0;: {model}</translation>
    </message>
    <message>
        <source>Begin where I left off</source>
        <translation>Reprendre là où j’en étais</translation>
    </message>
    <message>
        <source>Being counted…</source>
        <translation>Calcul en cours…</translation>
    </message>
    <message>
        <source>Being found out…</source>
        <translation>Détermination en cours…</translation>
    </message>
    <message>
        <source>Compared with the text of the system.</source>
        <translation>Par rapport au texte du système.</translation>
    </message>
    <message>
        <source>Counts once the window is opened again</source>
        <translation>Prend effet à la prochaine ouverture de la fenêtre</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Sombre</translation>
    </message>
    <message>
        <source>Delete all thumbnails? They are made again when they are looked at; those of drives that are not connected, only once these are.</source>
        <translation>Supprimer toutes les miniatures&#x202f;? Elles sont refaites quand on les regarde&#x202f;; celles des disques non connectés, seulement une fois ceux-ci connectés.</translation>
    </message>
    <message>
        <source>Do it now</source>
        <translation>Le faire maintenant</translation>
    </message>
    <message>
        <source>Emptied.</source>
        <translation>C’est vidé.</translation>
    </message>
    <message>
        <source>Empty</source>
        <translation>Vider</translation>
    </message>
    <message>
        <source>Emptying…</source>
        <translation>Vidage…</translation>
    </message>
    <message>
        <source>Empty…</source>
        <translation>Vider…</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Dossiers</translation>
    </message>
    <message>
        <source>Folders of the library</source>
        <translation>Dossiers de la bibliothèque</translation>
    </message>
    <message>
        <source>Folders…</source>
        <translation>Dossiers…</translation>
    </message>
    <message>
        <source>How many pictures are read at the same time. Fewer take less memory. Counts from the next run.</source>
        <translation>Nombre d’images lues en même temps. Moins prend moins de mémoire. Prend effet à la prochaine indexation.</translation>
    </message>
    <message>
        <source>Indexing takes half of the computer and lets other programs go first.</source>
        <translation>L’indexation prend la moitié de l’ordinateur et laisse passer les autres programmes.</translation>
    </message>
    <message>
        <source>Indexing waits while the battery is below 20%.</source>
        <translation>L’indexation attend tant que la batterie est sous 20&#x202f;%.</translation>
    </message>
    <message>
        <source>Into small XMP files that other programs read. The pictures themselves are never changed. Turned off, what was written stays.</source>
        <translation>Dans de petits fichiers XMP que d’autres programmes lisent. Les images elles-mêmes ne sont jamais modifiées. Si c’est désactivé, ce qui a été écrit reste.</translation>
    </message>
    <message>
        <source>It closes and comes back as it is; nothing is lost.</source>
        <translation>Elle se ferme et revient telle quelle&#x202f;; rien n’est perdu.</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Garder</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Language of the window</source>
        <translation>Langue de la fenêtre</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Clair</translation>
    </message>
    <message>
        <source>Look now</source>
        <translation>Chercher maintenant</translation>
    </message>
    <message>
        <source>Looks</source>
        <translation>Apparence</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>Modèles…</translation>
    </message>
    <message>
        <source>More limits can be set in {file}.</source>
        <translation>D’autres limites se règlent dans {file}.</translation>
    </message>
    <message>
        <source>Names of files and folders that are no pictures of yours, one a line; * stands for anything. Counts from the next look for changes.</source>
        <translation>Noms de fichiers et de dossiers qui ne sont pas de vos images, un par ligne&#x202f;; * remplace n’importe quoi. Prend effet à la prochaine recherche de changements.</translation>
    </message>
    <message>
        <source>Nothing leaves this computer.</source>
        <translation>Rien ne quitte cet ordinateur.</translation>
    </message>
    <message>
        <source>Nothing now: no model could be loaded.</source>
        <translation>Rien pour l’instant&#xa0;: aucun modèle n’a pu être chargé.</translation>
    </message>
    <message>
        <source>Passed over</source>
        <translation>Laissés de côté</translation>
    </message>
    <message>
        <source>Pause on battery</source>
        <translation>Suspendre sur batterie</translation>
    </message>
    <message>
        <source>Pictures, searches and what is known of them stay here. Only three things go out, and only when you do them: downloading a model, asking for a newer version, and opening a link.</source>
        <translation>Les images, les recherches et ce que l’on en sait restent ici. Trois choses seulement en sortent, et seulement quand vous les faites&#xa0;: télécharger un modèle, demander s’il y a une version plus récente, ouvrir un lien.</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>Confidentialité</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>Processus</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>Processeur</translation>
    </message>
    <message>
        <source>Room for thumbnails</source>
        <translation>Place pour les miniatures</translation>
    </message>
    <message>
        <source>Search the settings</source>
        <translation>Rechercher dans les réglages</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Réglages</translation>
    </message>
    <message>
        <source>Size of text</source>
        <translation>Taille du texte</translation>
    </message>
    <message>
        <source>Slow down while I work</source>
        <translation>Ralentir pendant que je travaille</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Vitesse</translation>
    </message>
    <message>
        <source>Start and messages</source>
        <translation>Démarrage et messages</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Stockage</translation>
    </message>
    <message>
        <source>System</source>
        <translation>Système</translation>
    </message>
    <message>
        <source>Tags and files</source>
        <translation>Mots-clés et fichiers</translation>
    </message>
    <message>
        <source>Take in what is different now.</source>
        <translation>Prendre en compte ce qui a changé.</translation>
    </message>
    <message>
        <source>Tell me when long work is done</source>
        <translation>Me prévenir à la fin d’un long travail</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Thème</translation>
    </message>
    <message>
        <source>There is no setting like that.</source>
        <translation>Il n’y a pas de tel réglage.</translation>
    </message>
    <message>
        <source>There is only English so far.</source>
        <translation>Il n’y a que l’anglais pour l’instant.</translation>
    </message>
    <message>
        <source>Used now</source>
        <translation>Utilisé maintenant</translation>
    </message>
    <message>
        <source>When there are more, those that were not seen for longest go.</source>
        <translation>S’il y en a plus, celles qui n’ont pas été vues depuis le plus longtemps partent.</translation>
    </message>
    <message>
        <source>Who understands the pictures</source>
        <translation>Qui comprend les images</translation>
    </message>
    <message>
        <source>With the search that was there when the window was closed.</source>
        <translation>Avec la recherche qui était là à la fermeture de la fenêtre.</translation>
    </message>
    <message>
        <source>Write ratings and tags beside the pictures</source>
        <translation>Écrire les notes et mots-clés à côté des images</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>1 star</source>
        <translation>1 étoile</translation>
    </message>
    <message>
        <source>A picture it was made with has left the library.</source>
        <translation>Une image dont elle se servait a quitté la bibliothèque.</translation>
    </message>
    <message>
        <source>Add to the search</source>
        <translation>Ajouter à la recherche</translation>
    </message>
    <message>
        <source>All pictures</source>
        <translation>Toutes les images</translation>
    </message>
    <message>
        <source>Being looked through</source>
        <translation>En cours de parcours</translation>
    </message>
    <message>
        <source>Drag to make the sidebar wider or narrower</source>
        <translation>Faire glisser pour élargir ou rétrécir la barre latérale</translation>
    </message>
    <message>
        <source>Drop a folder here</source>
        <translation>Déposez un dossier ici</translation>
    </message>
    <message>
        <source>Drop a folder of pictures here. Its folders are counted in this place.</source>
        <translation>Déposez ici un dossier d’images. Ses dossiers sont comptés à cet endroit.</translation>
    </message>
    <message>
        <source>Files not indexed here ({number})…</source>
        <translation>Fichiers non indexés ici ({number})…</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Dossiers</translation>
    </message>
    <message>
        <source>Folders, searches and tags</source>
        <translation>Dossiers, recherches et mots-clés</translation>
    </message>
    <message>
        <source>Forget…</source>
        <translation>Oublier…</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Bibliothèque</translation>
    </message>
    <message>
        <source>Locate…</source>
        <translation>Localiser…</translation>
    </message>
    <message>
        <source>Look for changes here</source>
        <translation>Chercher ici les changements</translation>
    </message>
    <message>
        <source>Looked through every few minutes</source>
        <translation>Parcouru toutes les quelques minutes</translation>
    </message>
    <message>
        <source>No file manager was found.</source>
        <translation>Aucun gestionnaire de fichiers n’a été trouvé.</translation>
    </message>
    <message>
        <source>No folder</source>
        <translation>Aucun dossier</translation>
    </message>
    <message>
        <source>Nothing saved</source>
        <translation>Rien d’enregistré</translation>
    </message>
    <message>
        <source>Nothing was saved in this library.</source>
        <translation>Rien n’a été enregistré dans cette bibliothèque.</translation>
    </message>
    <message>
        <source>Offline. {reason}</source>
        <translation>Hors ligne. {reason}</translation>
    </message>
    <message>
        <source>Open in file manager</source>
        <translation>Ouvrir dans le gestionnaire de fichiers</translation>
    </message>
    <message>
        <source>Ratings</source>
        <translation>Notes</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>Récentes</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>Remove from all pictures</source>
        <translation>Retirer de toutes les images</translation>
    </message>
    <message>
        <source>Rename the search</source>
        <translation>Renommer la recherche</translation>
    </message>
    <message>
        <source>Rename the tag</source>
        <translation>Renommer le mot-clé</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Renommer…</translation>
    </message>
    <message>
        <source>Save one with Ctrl+S</source>
        <translation>Enregistrer&#xa0;: Ctrl+S</translation>
    </message>
    <message>
        <source>Search for something, then save it with Ctrl+S. Its pictures are counted here.</source>
        <translation>Faites une recherche, puis enregistrez-la avec Ctrl+S. Ses images sont comptées ici.</translation>
    </message>
    <message>
        <source>Searches</source>
        <translation>Recherches</translation>
    </message>
    <message>
        <source>Show in Folders</source>
        <translation>Afficher dans Dossiers</translation>
    </message>
    <message>
        <source>Show only these</source>
        <translation>N’afficher que celles-ci</translation>
    </message>
    <message>
        <source>Sidebar</source>
        <translation>Barre latérale</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Mots-clés</translation>
    </message>
    <message>
        <source>The pictures that came into the library last</source>
        <translation>Les images arrivées en dernier dans la bibliothèque</translation>
    </message>
    <message>
        <source>This library has no folder.</source>
        <translation>Cette bibliothèque n’a aucun dossier.</translation>
    </message>
    <message>
        <source>What should it be called?</source>
        <translation>Quel nom lui donner&#x202f;?</translation>
    </message>
    <message>
        <source>Width of the sidebar</source>
        <translation>Largeur de la barre latérale</translation>
    </message>
    <message>
        <source>file</source>
        <translation>fichier</translation>
    </message>
    <message>
        <source>files</source>
        <translation>fichiers</translation>
    </message>
    <message>
        <source>{files} could not be read</source>
        <translation>Lecture impossible&#xa0;: {files}</translation>
    </message>
    <message>
        <source>{folder} is not at its place any more.</source>
        <translation>{folder} n’est plus à sa place.</translation>
    </message>
    <message>
        <source>{number} pictures it was made with have left the library.</source>
        <translation>{number} images dont elle se servait ont quitté la bibliothèque.</translation>
    </message>
    <message>
        <source>{number} stars</source>
        <translation>{number} étoiles</translation>
    </message>
</context>
<context>
    <name>Status</name>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Cancel indexing</source>
        <translation>Annuler l’indexation</translation>
    </message>
    <message>
        <source>Continue indexing</source>
        <translation>Continuer l’indexation</translation>
    </message>
    <message>
        <source>Folders (Ctrl+Shift+F)</source>
        <translation>Dossiers (Ctrl+Maj+F)</translation>
    </message>
    <message>
        <source>Folders: {text}</source>
        <translation>Dossiers&#xa0;: {text}</translation>
    </message>
    <message>
        <source>Go on indexing</source>
        <translation>Reprendre l’indexation</translation>
    </message>
    <message>
        <source>Indexing</source>
        <translation>Indexation</translation>
    </message>
    <message>
        <source>Indexing {done} / {total}</source>
        <translation>Indexation {done} / {total}</translation>
    </message>
    <message>
        <source>Indexing {percent}%</source>
        <translation>Indexation {percent}&#x202f;%</translation>
    </message>
    <message>
        <source>It answers already, without the rest.</source>
        <translation>Il répond déjà, sans le reste.</translation>
    </message>
    <message>
        <source>It answers already; the rest follows.</source>
        <translation>Il répond déjà&#x202f;; le reste suit.</translation>
    </message>
    <message>
        <source>Looking for pictures · {n} file seen</source>
        <translation>Recherche d’images · {n} fichier vu</translation>
    </message>
    <message>
        <source>Looking for pictures · {n} files seen</source>
        <translation>Recherche d’images · {n} fichiers vus</translation>
    </message>
    <message>
        <source>Model: {name}</source>
        <translation>Modèle&#xa0;: {name}</translation>
    </message>
    <message>
        <source>Models (Ctrl+Shift+M)</source>
        <translation>Modèles (Ctrl+Maj+M)</translation>
    </message>
    <message>
        <source>No picture</source>
        <translation>Aucune image</translation>
    </message>
    <message>
        <source>No strong hit among {pictures}</source>
        <translation>Aucun résultat sûr parmi {pictures}</translation>
    </message>
    <message>
        <source>Pause indexing</source>
        <translation>Suspendre l’indexation</translation>
    </message>
    <message>
        <source>Pause indexing; what is indexed is kept</source>
        <translation>Suspendre l’indexation&#x202f;; ce qui est indexé est conservé</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>En pause</translation>
    </message>
    <message>
        <source>Paused at {percent}%</source>
        <translation>En pause à {percent}&#x202f;%</translation>
    </message>
    <message>
        <source>Preparing is paused at {far}.</source>
        <translation>La préparation est en pause à {far}.</translation>
    </message>
    <message>
        <source>Preparing quick search: {percent}%</source>
        <translation>Préparation de la recherche rapide&#xa0;: {percent}&#x202f;%</translation>
    </message>
    <message>
        <source>Preparing {model} is paused at {far}.</source>
        <translation>La préparation de {model} est en pause à {far}.</translation>
    </message>
    <message>
        <source>Preparing {model}: {far}.</source>
        <translation>Préparation de {model}&#xa0;: {far}.</translation>
    </message>
    <message>
        <source>Preparing {percent}%</source>
        <translation>Préparation {percent}&#x202f;%</translation>
    </message>
    <message>
        <source>Preparing: {far}.</source>
        <translation>Préparation&#xa0;: {far}.</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Arrêt…</translation>
    </message>
    <message>
        <source>less than a minute left</source>
        <translation>encore moins d’une minute</translation>
    </message>
    <message>
        <source>{count} selected</source>
        <translation>{count} sélectionnées</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} sur {total}</translation>
    </message>
    <message>
        <source>{hours} h left</source>
        <translation>encore {hours} h</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min left</source>
        <translation>encore {hours} h {minutes} min</translation>
    </message>
    <message>
        <source>{minutes} min left</source>
        <translation>encore {minutes} min</translation>
    </message>
    <message>
        <source>{model} answers meanwhile.</source>
        <translation>{model} répond en attendant.</translation>
    </message>
    <message>
        <source>{model} answers until then.</source>
        <translation>{model} répond jusque-là.</translation>
    </message>
    <message>
        <source>{n} file not indexed</source>
        <translation>{n} fichier non indexé</translation>
    </message>
    <message>
        <source>{n} files not indexed</source>
        <translation>{n} fichiers non indexés</translation>
    </message>
    <message>
        <source>{n} ms</source>
        <translation>{n}&#x202f;ms</translation>
    </message>
    <message>
        <source>{n} other file</source>
        <translation>{n} autre fichier</translation>
    </message>
    <message>
        <source>{n} other files</source>
        <translation>{n} autres fichiers</translation>
    </message>
    <message>
        <source>{n} strong hit of {pictures}</source>
        <translation>{n} résultat sûr sur {pictures}</translation>
    </message>
    <message>
        <source>{n} strong hits of {pictures}</source>
        <translation>{n} résultats sûrs sur {pictures}</translation>
    </message>
    <message>
        <source>{n}/s</source>
        <comment>Pictures a second</comment>
        <translation>{n}/s</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>encore {time}</translation>
    </message>
</context>
<context>
    <name>Strip</name>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>Fermer (Échap)</translation>
    </message>
</context>
<context>
    <name>Updates</name>
    <message>
        <source>Ask now</source>
        <translation>Demander maintenant</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>Demande en cours…</translation>
    </message>
    <message>
        <source>Check for updates</source>
        <translation>Rechercher une nouvelle version</translation>
    </message>
    <message>
        <source>No browser was found.</source>
        <translation>Aucun navigateur n’a été trouvé.</translation>
    </message>
    <message>
        <source>Open its page</source>
        <translation>Ouvrir sa page</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>The program never asks by itself. When you press the button, it asks this address once. The server learns the address of your network, as from any page that you open, and that Image Seeker {version} asks: nothing else. Nothing is downloaded or installed.</source>
        <translation>Le programme ne demande jamais de lui-même. Quand vous appuyez sur le bouton, il interroge cette adresse une seule fois. Le serveur apprend l’adresse de votre réseau, comme pour toute page que vous ouvrez, et que c’est Image Seeker {version} qui demande&#x202f;: rien d’autre. Rien n’est téléchargé ni installé.</translation>
    </message>
    <message>
        <source>Version {version} is there.</source>
        <translation>La version {version} est disponible.</translation>
    </message>
    <message>
        <source>You have the newest version.</source>
        <translation>Vous avez la version la plus récente.</translation>
    </message>
    <message>
        <source>You have version {version}.</source>
        <translation>Vous avez la version {version}.</translation>
    </message>
</context>
<context>
    <name>Viewer</name>
    <message>
        <source>Back to the pictures (Esc)</source>
        <translation>Revenir aux images (Échap)</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Appareil</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Couleurs</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Date</translation>
    </message>
    <message>
        <source>Exposure</source>
        <translation>Exposition</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Fichier</translation>
    </message>
    <message>
        <source>Film strip, {position}</source>
        <translation>Pellicule, {position}</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Dossier</translation>
    </message>
    <message>
        <source>Full screen (F11)</source>
        <translation>Plein écran (F11)</translation>
    </message>
    <message>
        <source>Information</source>
        <translation>Informations</translation>
    </message>
    <message>
        <source>Information (I)</source>
        <translation>Informations (I)</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>Mots-clés</translation>
    </message>
    <message>
        <source>Leave full screen (F11)</source>
        <translation>Quitter le plein écran (F11)</translation>
    </message>
    <message>
        <source>Lens</source>
        <translation>Objectif</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Next picture</source>
        <translation>Image suivante</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>Pixels</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Lieu</translation>
    </message>
    <message>
        <source>Previous picture</source>
        <translation>Image précédente</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>Search by a part of this picture (C)</source>
        <translation>Rechercher avec une partie de cette image (C)</translation>
    </message>
    <message>
        <source>Show where it fits the search (E)</source>
        <translation>Montrer où elle correspond à la recherche (E)</translation>
    </message>
    <message>
        <source>Shown with {shown} of its {all} megapixels.</source>
        <translation>Affichée avec {shown} de ses {all} mégapixels.</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Mots-clés</translation>
    </message>
    <message>
        <source>The file cannot be opened now.</source>
        <translation>Le fichier ne peut pas être ouvert maintenant.</translation>
    </message>
    <message>
        <source>This picture moves: play it (P)</source>
        <translation>Cette image est animée&#xa0;: la lire (P)</translation>
    </message>
    <message>
        <source>This picture moves: stop it (P)</source>
        <translation>Cette image est animée&#xa0;: l’arrêter (P)</translation>
    </message>
    <message>
        <source>Turn left ([)</source>
        <translation>Tourner à gauche ([)</translation>
    </message>
    <message>
        <source>Turn right (])</source>
        <translation>Tourner à droite (])</translation>
    </message>
    <message>
        <source>Which part of the picture is seen</source>
        <translation>La partie de l’image que l’on voit</translation>
    </message>
    <message>
        <source>Zoom {percent} (a click, or 0: whole picture)</source>
        <translation>Zoom {percent} (un clic, ou 0&#xa0;: image entière)</translation>
    </message>
    <message>
        <source>Zoom {percent}, whole picture (a click, or 1: every pixel)</source>
        <translation>Zoom {percent}, image entière (un clic, ou 1&#xa0;: taille réelle)</translation>
    </message>
    <message>
        <source>{pixels} ({megapixels} megapixels)</source>
        <translation>{pixels} ({megapixels} mégapixels)</translation>
    </message>
    <message>
        <source>{reason} This is its thumbnail.</source>
        <translation>{reason} Voici sa miniature.</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>Drop their folder on the window.</source>
        <translation>Déposez leur dossier sur la fenêtre.</translation>
    </message>
    <message>
        <source>These are too many files to open at once.</source>
        <translation>Ces fichiers sont trop nombreux pour être ouverts ensemble.</translation>
    </message>
    <message>
        <source>{what} – {program}</source>
        <translation>{what} – {program}</translation>
    </message>
    <message>
        <source>“{name}” and {n} other are not there, or cannot be reached.</source>
        <translation>«&#x202f;{name}&#x202f;» et {n} autre sont introuvables ou inaccessibles.</translation>
    </message>
    <message>
        <source>“{name}” and {n} others are not there, or cannot be reached.</source>
        <translation>«&#x202f;{name}&#x202f;» et {n} autres sont introuvables ou inaccessibles.</translation>
    </message>
    <message>
        <source>“{name}” is not there, or cannot be reached.</source>
        <translation>«&#x202f;{name}&#x202f;» est introuvable ou inaccessible.</translation>
    </message>
</context>
</TS>
