CREATE TABLE `sessions` (
	`id_hash` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`organisation_id` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	`seen_at_ms` integer NOT NULL,
	`ends_at_ms` integer NOT NULL,
	`ended_at_ms` integer
);
--> statement-breakpoint
CREATE INDEX `sessions_by_user` ON `sessions` (`user_id`);--> statement-breakpoint
CREATE INDEX `sessions_by_end` ON `sessions` (`ends_at_ms`);--> statement-breakpoint
CREATE TABLE `sign_in_failures` (
	`id` text PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `sign_in_failures_by_key` ON `sign_in_failures` (`key`,`at_ms`);--> statement-breakpoint
CREATE INDEX `sign_in_failures_by_time` ON `sign_in_failures` (`at_ms`);--> statement-breakpoint
CREATE TABLE `users` (
	`id` text PRIMARY KEY NOT NULL,
	`organisation_id` text NOT NULL,
	`role` text NOT NULL,
	`year_groups` text,
	`record` text NOT NULL,
	`email_fingerprint` text NOT NULL,
	`password_hash` text NOT NULL,
	`state` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	`last_sign_in_at_ms` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `users_by_email` ON `users` (`email_fingerprint`);--> statement-breakpoint
CREATE INDEX `users_by_organisation` ON `users` (`organisation_id`);--> statement-breakpoint
CREATE TABLE `dead_letters` (
	`id` text PRIMARY KEY NOT NULL,
	`job_id` text NOT NULL,
	`queue` text NOT NULL,
	`body` text NOT NULL,
	`at_ms` integer NOT NULL,
	`ended_at_ms` integer,
	`ending` text
);
--> statement-breakpoint
CREATE INDEX `dead_letters_open` ON `dead_letters` (`ended_at_ms`,`at_ms`);--> statement-breakpoint
CREATE UNIQUE INDEX `dead_letters_by_job` ON `dead_letters` (`queue`,`job_id`);--> statement-breakpoint
CREATE TABLE `organisations` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`state` text NOT NULL,
	`texts_from` text,
	`email_from` text,
	`sms_price_millipence` integer NOT NULL,
	`created_at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `organisations_by_number` ON `organisations` (`texts_from`);--> statement-breakpoint
CREATE INDEX `organisations_by_name` ON `organisations` (`kind`,`name`);--> statement-breakpoint
CREATE TABLE `placements` (
	`organisation_id` text PRIMARY KEY NOT NULL,
	`shard` integer NOT NULL,
	`placed_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `placements_by_shard` ON `placements` (`shard`);--> statement-breakpoint
CREATE TABLE `expectations` (
	`held` integer NOT NULL,
	CONSTRAINT "expectation_held" CHECK("expectations"."held" = 1)
);
